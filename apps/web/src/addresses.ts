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
  /** What other programs are told, and how: a page, a document, and where it begins. */
  apiPage: '/api',
  openApi: '/api/openapi.json',
  api: '/api/v1',
  apiTokens: '/~/tokens',
  newApiToken: '/~/tokens/new',
  revokeApiToken: (id: number | ':id') => `/~/tokens/${id}/revoke`,
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
  subscribeToNewsletter: '/subscribe?to=newsletter',
  subscribeSent: '/subscribe/sent',
  subscribed: '/subscribe/done',
  confirmSubscription: (token: string) => `/subscribe/${encodeURIComponent(token)}`,
  unsubscribe: (token: string) => `/unsubscribe/${encodeURIComponent(token)}`,
  undoUnsubscribe: (token: string) => `/unsubscribe/${encodeURIComponent(token)}/undo`,
  unsubscribeFromAll: (token: string) => `/unsubscribe/${encodeURIComponent(token)}/all`,
  subscriptions: '/~/subscriptions',
  commentMails: '/~/subscriptions#comments',
  switchCommentMails: '/~/subscriptions/comments',
  switchSubscription: (id: number | ':id') => `/~/subscriptions/${id}`,
  memberfulWebhook: '/webhooks/memberful',
  mailbox: '/dev/mailbox',
  keptMail: (id: number) => `/dev/mailbox/${id}`,
  keptMailHtml: (id: number) => `/dev/mailbox/${id}/html`,
  podcast: (podcast: string) => `/${podcast}`,
  podcastPage: (podcast: string, page: number) => `/${podcast}${page > 1 ? `?page=${page}` : ''}`,
  feed: (podcast: string) => `/${podcast}/feed`,
  jsonFeed: (podcast: string) => `/${podcast}/feed.json`,
  /** All feeds there are, for people. */
  feeds: '/feeds',
  /** The same for programs: every show, as OPML. */
  feedList: '/feeds.opml',
  /** Every show of the network in one. */
  networkFeed: '/podcasts/feed',
  networkJsonFeed: '/podcasts/feed.json',
  /** The network as the publisher of its shows. */
  publisherFeed: '/podcasts/publisher',
  postsFeed: '/posts/feed',
  postsJsonFeed: '/posts/feed.json',
  personFeed: (handle: string) => `/person/${handle}/feed`,
  personJsonFeed: (handle: string) => `/person/${handle}/feed.json`,
  topicFeed: (topic: string) => `/topic/${topic}/feed`,
  topicJsonFeed: (topic: string) => `/topic/${topic}/feed.json`,
  episode: (podcast: string, episode: string) => `/${podcast}/${episode}`,
  /** Of a live show, for a calendar. */
  calendar: (podcast: string, episode: string) => `/${podcast}/${episode}/live.ics`,
  chapters: (podcast: string, episode: string) => `/${podcast}/${episode}/chapters.json`,
  /** What a player fetches of an episode: its sound, its names, its chapters. */
  playData: (podcast: string, episode: string) => `/${podcast}/${episode}/play.json`,
  /** The player alone, for pages elsewhere. */
  embed: (podcast: string, episode: string) => `/${podcast}/${episode}/embed`,
  /** The player at the foot of a page, fetched when something plays. */
  player: '/player',
  oembed: '/api/oembed',
  oembedFor: (url: string, format = 'json') =>
    `/api/oembed?url=${encodeURIComponent(url)}&format=${format}`,
  podloveChapters: (podcast: string, episode: string) => `/${podcast}/${episode}/chapters.psc`,
  transcript: (podcast: string, episode: string, format: TranscriptFormat) =>
    `/${podcast}/${episode}/transcript.${format}`,
  /** What a page is shared with, drawn. Another drawing has another version. */
  shareImage: (page: string, file: ShareFile, version?: string) =>
    `${page === '/' ? '' : page}/${file}${version === undefined ? '' : `?v=${version}`}`,
  preview: (token: string) => `/preview/${token}`,
  posts: '/posts',
  postsPage: (page: number) => `/posts${page > 1 ? `?page=${page}` : ''}`,
  post: (post: string) => `/posts/${post}`,
  person: (handle: string) => `/person/${handle}`,
  topic: (topic: string, page = 1) => `/topic/${topic}${page > 1 ? `?page=${page}` : ''}`,
  people: '/people',
  peoplePage: (page: number) => `/people${page > 1 ? `?page=${page}` : ''}`,
  personPart: (handle: string, part: string, page = 1) =>
    `/person/${handle}/${part}${page > 1 ? `?page=${page}` : ''}`,
  topics: '/topics',
  search: '/search',
  searchSuggestions: '/search/suggestions',
  searchFor: ({ q, show, year, page = 1 }: SearchKey) => {
    const narrowed = { ...(show && { show }), ...(year && { year: String(year) }) }
    return `/search?${new URLSearchParams({ q, ...narrowed, ...(page > 1 && { page: String(page) }) }).toString()}`
  },
  topicPosts: (topic: string, page = 1) =>
    `/topic/${topic}/posts${page > 1 ? `?page=${page}` : ''}`,
  sponsorReport: (sponsor: string) => `/sponsor/${sponsor}/report`,
  sponsorReportCsv: (sponsor: string) => `/sponsor/${sponsor}/report.csv`,
  sponsors: '/sponsors',
  sponsor: (sponsor: string, page = 1) => `/sponsor/${sponsor}${page > 1 ? `?page=${page}` : ''}`,
  archive: '/archive',
  archiveYear: (year: number, page = 1) => `/archive/${year}${page > 1 ? `?page=${page}` : ''}`,
  popular: (podcast: string) => `/${podcast}/popular`,
  recommended: (podcast: string, page = 1) =>
    `/${podcast}/recommended${page > 1 ? `?page=${page}` : ''}`,
  podcastYear: (podcast: string, year: number, page = 1) =>
    `/${podcast}/archive/${year}${page > 1 ? `?page=${page}` : ''}`,
  transcriptPage: (podcast: string, episode: string) => `/${podcast}/${episode}/transcript`,
  news: '/news',
  newsPage: (page: number) => `/news${page > 1 ? `?page=${page}` : ''}`,
  /** Its number finds it; what stands before that is for people. */
  newsItem: ({ id, slug }: NewsItemKey) => `/news/${slug === '' ? id : `${slug}-${id}`}`,
  newsFeed: '/news/feed',
  newsJsonFeed: '/news/feed.json',
  submitNews: '/news/submit',
  newsSubmitted: '/news/submitted',
  newsIssues: '/news/issues',
  newsIssuesPage: (page: number) => `/news/issues${page > 1 ? `?page=${page}` : ''}`,
  newsIssue: (slug: string) => `/news/issues/${slug}`,
  newsSources: '/sources',
  newsSource: (slug: string, page = 1) => `/source/${slug}${page > 1 ? `?page=${page}` : ''}`,
  comments: '/comments',
  writeComment: '/comments/new',
  /** `subject` is what `subjectKey` makes. */
  newComment: (subject: string) => `/comments/new?about=${subject}`,
  comment: (id: number | ':id') => `/comments/${id}`,
  answerComment: (id: number | ':id') => `/comments/${id}/reply`,
  editComment: (id: number | ':id') => `/comments/${id}/edit`,
  removeComment: (id: number | ':id') => `/comments/${id}/delete`,
  followDiscussion: '/comments/follow',
  /** What of a discussion is one visitor's own, for a page that is everybody's. */
  ownDiscussion: '/~/discussion',
  unfollow: (token: string) => `/unfollow/${encodeURIComponent(token)}`,
  resumeFollow: (token: string) => `/unfollow/${encodeURIComponent(token)}/undo`,
  /** `why` is a kind of mails of comments, or `all` of them. */
  unwantedMails: (token: string, why: string) => `/unfollow/${encodeURIComponent(token)}/${why}`,
  wantedMails: (token: string, why: string) => `/unfollow/${encodeURIComponent(token)}/${why}/undo`,
  request: '/request',
  requestFor: (podcast: string) => `/request?podcast=${encodeURIComponent(podcast)}`,
  requestSent: '/request/sent',
  requestByToken: (token: string) => `/request/${encodeURIComponent(token)}`,
  confirmRequest: (token: string) => `/request/${encodeURIComponent(token)}/confirm`,
  replyToRequest: (token: string) => `/request/${encodeURIComponent(token)}/messages`,
  guest: '/guest',
  sitemap: '/sitemap.xml',
  sitemapPart: (part: number) => `/sitemap-${part}.xml`,
  robots: '/robots.txt',
  security: '/.well-known/security.txt',
  manifest: '/manifest.webmanifest',
  icon: (size: IconSize) => `/icon-${size}.png`,
  touchIcon: '/apple-touch-icon.png',
  favicon: '/favicon.ico',
  imprint: '/imprint',
  privacy: '/privacy',
  terms: '/terms',
  admin: adminAddresses,
} as const

/** Of the network, in pixels. */
export const ICON_SIZES = [32, 192, 512] as const
export type IconSize = (typeof ICON_SIZES)[number]

/** In the shape of a link, of a square, of a phone held upright. */
export const SHARE_FILES = {
  wide: 'share.jpg',
  square: 'share-square.jpg',
  tall: 'share-tall.jpg',
} as const
export type ShareFile = (typeof SHARE_FILES)[keyof typeof SHARE_FILES]

export const TRANSCRIPT_FORMATS = ['vtt', 'srt', 'json', 'html'] as const
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number]

interface NewsItemKey {
  readonly id: number
  readonly slug: string
}

/** As the outside world asks for it. What is elsewhere already stays as it is. */
export function absolute(publicUrl: string, address: string): string {
  return address.startsWith('/') ? publicUrl + address : address
}

/** What somebody searches for, and where. */
interface SearchKey {
  readonly q: string
  readonly show?: string | undefined
  readonly year?: number | undefined
  readonly page?: number | undefined
}
