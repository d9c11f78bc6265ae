import { adminAddresses } from './admin/addresses.ts'

export { type TranscriptEdit } from './admin/addresses.ts'

/** Every address of the site, without its host. */
export const addresses = {
  home: '/',
  podcasts: '/podcasts',
  about: '/about',
  signedIn: '/in',
  signInFor: (path: string) => `/in?next=${encodeURIComponent(path)}`,
  linkSent: '/in/sent',
  github: '/in/github',
  githubFor: (path?: string) =>
    path === undefined ? '/in/github' : `/in/github?next=${encodeURIComponent(path)}`,
  githubBack: '/in/github/back',
  signIn: (token: string) => `/in/${encodeURIComponent(token)}`,
  signOut: '/out',
  account: '/~',
  changeEmail: '/~/email',
  changeEmailSent: '/~/email/sent',
  useEmail: (token: string) => `/~/email/${encodeURIComponent(token)}`,
  sessions: '/~/sessions',
  endSession: (id: number) => `/~/sessions/${id}/end`,
  endOtherSessions: '/~/sessions/end-others',
  endAllSessions: '/~/sessions/end-all',
  /** What whoever acts in somebody's name is told on every page. */
  masquerade: '/~/masquerade',
  stopMasquerade: '/~/masquerade/stop',
  /** What differs by visitor on pages that are the same for everybody. */
  visitor: '/~/visitor',
  slackWebhook: '/webhooks/slack',
  memberFeeds: '/~/feeds',
  newMemberFeed: '/~/feeds/new',
  editMemberFeed: (id: number | ':id') => `/~/feeds/${id}/edit`,
  rotateMemberFeed: (id: number | ':id') => `/~/feeds/${id}/rotate`,
  removeMemberFeed: (id: number | ':id') => `/~/feeds/${id}/delete`,
  memberFeed: (token: string) => `/members/${token}/feed`,
  /** Of an episode's sound in a feed: `key` is what `audioKey` makes. */
  memberAudio: (key: string, file: string) => `/members/${key}/audio/${file}`,
  memberSilence: '/members/silence.mp3',
  subscribe: '/subscribe',
  subscribeTo: (podcast: string, episode?: string) =>
    `/subscribe?podcast=${encodeURIComponent(podcast)}${episode === undefined ? '' : `&episode=${encodeURIComponent(episode)}`}`,
  subscribeSent: '/subscribe/sent',
  subscribed: '/subscribe/done',
  confirmSubscription: (token: string) => `/subscribe/${encodeURIComponent(token)}`,
  unsubscribe: (token: string) => `/unsubscribe/${encodeURIComponent(token)}`,
  undoUnsubscribe: (token: string) => `/unsubscribe/${encodeURIComponent(token)}/undo`,
  unsubscribeFromAll: (token: string) => `/unsubscribe/${encodeURIComponent(token)}/all`,
  subscriptions: '/~/subscriptions',
  switchSubscription: (id: number | ':id') => `/~/subscriptions/${id}`,
  memberfulWebhook: '/webhooks/memberful',
  mailbox: '/dev/mailbox',
  keptMail: (id: number) => `/dev/mailbox/${id}`,
  keptMailHtml: (id: number) => `/dev/mailbox/${id}/html`,
  podcast: (podcast: string) => `/${podcast}`,
  podcastPage: (podcast: string, page: number) => `/${podcast}${page > 1 ? `?page=${page}` : ''}`,
  feed: (podcast: string) => `/${podcast}/feed`,
  episode: (podcast: string, episode: string) => `/${podcast}/${episode}`,
  /** Of a live show, for a calendar. */
  calendar: (podcast: string, episode: string) => `/${podcast}/${episode}/live.ics`,
  chapters: (podcast: string, episode: string) => `/${podcast}/${episode}/chapters.json`,
  transcript: (podcast: string, episode: string, format: TranscriptFormat) =>
    `/${podcast}/${episode}/transcript.${format}`,
  preview: (token: string) => `/preview/${token}`,
  posts: '/posts',
  postsPage: (page: number) => `/posts${page > 1 ? `?page=${page}` : ''}`,
  post: (post: string) => `/posts/${post}`,
  person: (handle: string) => `/person/${handle}`,
  request: '/request',
  requestFor: (podcast: string) => `/request?podcast=${encodeURIComponent(podcast)}`,
  requestSent: '/request/sent',
  requestByToken: (token: string) => `/request/${encodeURIComponent(token)}`,
  confirmRequest: (token: string) => `/request/${encodeURIComponent(token)}/confirm`,
  replyToRequest: (token: string) => `/request/${encodeURIComponent(token)}/messages`,
  guest: '/guest',
  imprint: '/imprint',
  privacy: '/privacy',
  terms: '/terms',
  admin: adminAddresses,
} as const

export const TRANSCRIPT_FORMATS = ['vtt', 'srt', 'json', 'html'] as const
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number]

/** As the outside world asks for it. What is elsewhere already stays as it is. */
export function absolute(publicUrl: string, address: string): string {
  return address.startsWith('/') ? publicUrl + address : address
}
