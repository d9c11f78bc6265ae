const PODCASTS = '/admin/podcasts'

/** A number in an address; in that of a route, `:id`. */
type Id = number | `:${string}`

export type TranscriptEdit = 'cues' | 'shift' | 'rename' | 'match' | 'replace' | 'delete'

/** Every address of the admin area. */
export const adminAddresses = {
  dashboard: '/admin',
  search: '/admin/search',
  /** What the palette lists. */
  palette: '/admin/search/links',
  /** What a picker lists. */
  choices: '/admin/search/choices',
  searchFor: (type: string) => `/admin/search/choices?type=${type}`,
  /** Sponsors, with what was said of them last: on this podcast, where it was. */
  sponsorsFor: (podcastId: number) =>
    `/admin/search/choices?type=sponsors&podcast=${podcastId}`,
  activity: '/admin/activity',
  imports: '/admin/import',
  import: (id: Id) => `/admin/import/${id}`,
  startImport: (id: Id) => `/admin/import/${id}/start`,
  lookAtImport: (id: Id) => `/admin/import/${id}/look`,
  cancelImport: (id: Id) => `/admin/import/${id}/cancel`,
  jobs: '/admin/jobs',
  retryJob: (id: Id) => `/admin/jobs/${id}/retry`,
  removeJob: (id: Id) => `/admin/jobs/${id}/delete`,
  mails: '/admin/mails',
  mail: (name: string) => `/admin/mails/${name}`,
  mailHtml: (name: string) => `/admin/mails/${name}/html`,
  sendMail: (name: string) => `/admin/mails/${name}/send`,
  uploads: '/admin/uploads',
  upload: (id: Id) => `/admin/uploads/${id}`,
  cancelUpload: (id: Id) => `/admin/uploads/${id}/cancel`,
  uploadForm: '/admin/uploads/form',
  uploadPanel: '/admin/uploads/panel',
  uploadPanelFor: (kind: string, subject: string, id: number) =>
    `/admin/uploads/panel?kind=${kind}&subject=${subject}&subjectId=${id}`,
  removeUploaded: '/admin/uploads/remove',
  audioTagging: '/admin/uploads/tagging',
  picture: (subject: string, id: Id) => `/admin/pictures/${subject}/${id}`,
  settings: '/admin/settings',
  communitySettings: '/admin/settings/community',
  tryCommunity: '/admin/settings/community/try',
  podcasts: PODCASTS,
  newPodcast: `${PODCASTS}/new`,
  podcast: (id: Id) => `${PODCASTS}/${id}`,
  editPodcast: (id: Id) => `${PODCASTS}/${id}/edit`,
  podcastArtwork: (id: Id) => `/admin/pictures/podcast/${id}`,
  podcastActivity: (id: Id) => `${PODCASTS}/${id}/activity`,
  changePodcastSlug: (id: Id) => `${PODCASTS}/${id}/slug`,
  removePodcast: (id: Id) => `${PODCASTS}/${id}/delete`,
  episodes: (podcastId: Id) => `${PODCASTS}/${podcastId}/episodes`,
  newEpisode: (podcastId: Id) => `${PODCASTS}/${podcastId}/episodes/new`,
  episode: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}`,
  editEpisode: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/edit`,
  severalEpisodes: (podcastId: Id) => `${PODCASTS}/${podcastId}/episodes/several`,
  changeSeveralEpisodes: (podcastId: Id) => `${PODCASTS}/${podcastId}/episodes/several/change`,
  removeEpisode: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/delete`,
  episodeAudio: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/audio`,
  episodeMarkers: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/markers`,
  episodeTranscripts: (podcastId: Id, id: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcripts`,
  lookAtTranscript: (podcastId: Id, id: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcripts/look`,
  restoreTranscript: (podcastId: Id, id: Id, version: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcript-versions/${version}/restore`,
  transcript: (podcastId: Id, id: Id, transcript: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcripts/${transcript}`,
  /** Does one thing to a whole transcript. */
  editTranscript: (podcastId: Id, id: Id, transcript: Id, edit: TranscriptEdit) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcripts/${transcript}/${edit}`,
  transcriptWords: (podcastId: Id, id: Id, transcript: Id, ending: string) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/transcripts/${transcript}/words.${ending}`,
  publishEpisode: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/publish`,
  episodeActivity: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/activity`,
  episodeVideo: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/youtube`,
  episodeVideoAddress: (podcastId: Id, id: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/youtube/address`,
  unpublish: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/unpublish`,
  episodeSlug: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/slug`,
  previews: (podcastId: Id, id: Id) => `${PODCASTS}/${podcastId}/episodes/${id}/previews`,
  revokePreview: (podcastId: Id, id: Id, link: Id) =>
    `${PODCASTS}/${podcastId}/episodes/${id}/previews/${link}/revoke`,
  posts: '/admin/posts',
  newPost: '/admin/posts/new',
  editPost: (id: Id) => `/admin/posts/${id}/edit`,
  previewPost: (id: Id) => `/admin/posts/${id}/preview`,
  publishPost: (id: Id) => `/admin/posts/${id}/publish`,
  unpublishPost: (id: Id) => `/admin/posts/${id}/unpublish`,
  postSlug: (id: Id) => `/admin/posts/${id}/slug`,
  severalPosts: '/admin/posts/several',
  removeSeveralPosts: '/admin/posts/several/delete',
  removePost: (id: Id) => `/admin/posts/${id}/delete`,
  previewMarkdown: '/admin/preview-markdown',
  requests: '/admin/requests',
  podcastRequests: (podcastId: number) => `/admin/requests?status=all&podcast=${podcastId}`,
  request: (id: Id) => `/admin/requests/${id}`,
  answerRequest: (id: Id) => `/admin/requests/${id}/answer`,
  removeRequest: (id: Id) => `/admin/requests/${id}/delete`,
  people: '/admin/people',
  newPerson: '/admin/people/new',
  person: (id: Id) => `/admin/people/${id}`,
  editPerson: (id: Id) => `/admin/people/${id}/edit`,
  personRoles: (id: Id) => `/admin/people/${id}/roles`,
  mergePerson: (id: Id) => `/admin/people/${id}/merge`,
  mergePersonInto: (id: Id, into: string) =>
    `/admin/people/${id}/merge?into=${encodeURIComponent(into)}`,
  masquerade: (id: Id) => `/admin/people/${id}/masquerade`,
  removePerson: (id: Id) => `/admin/people/${id}/delete`,
  severalPeople: '/admin/people/several',
  removeSeveralPeople: '/admin/people/several/delete',
  activityOf: (personId: number) => `/admin/activity?person=${personId}`,
  topics: '/admin/topics',
  newTopic: '/admin/topics/new',
  topic: (id: Id) => `/admin/topics/${id}`,
  editTopic: (id: Id) => `/admin/topics/${id}/edit`,
  severalTopics: '/admin/topics/several',
  changeSeveralTopics: '/admin/topics/several/change',
  removeTopic: (id: Id) => `/admin/topics/${id}/delete`,
  sponsors: '/admin/sponsors',
  newSponsor: '/admin/sponsors/new',
  sponsor: (id: Id) => `/admin/sponsors/${id}`,
  editSponsor: (id: Id) => `/admin/sponsors/${id}/edit`,
  severalSponsors: '/admin/sponsors/several',
  removeSeveralSponsors: '/admin/sponsors/several/delete',
  removeSponsor: (id: Id) => `/admin/sponsors/${id}/delete`,
} as const
