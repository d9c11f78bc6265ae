import { type Subject } from '../activity/index.ts'

interface Titled {
  readonly id: number
  readonly title: string
}

export function aboutPodcast({ id, title }: Titled): Subject {
  return { type: 'podcast', id, title, podcastId: id }
}

export function aboutEpisode({
  id,
  title,
  podcastId,
}: Titled & { readonly podcastId: number }): Subject {
  return { type: 'episode', id, title, podcastId }
}

export function aboutRequest(
  { id, podcastId }: { readonly id: number; readonly podcastId: number },
  who: string,
): Subject {
  return { type: 'request', id, title: `Request of ${who}`, podcastId }
}

export function aboutIssue({
  id,
  number,
}: {
  readonly id: number
  readonly number: number
}): Subject {
  return { type: 'news issue', id, title: `Issue ${number}` }
}

export function aboutNews({
  id,
  headline,
}: {
  readonly id: number
  readonly headline: string
}): Subject {
  return { type: 'news item', id, title: headline }
}
