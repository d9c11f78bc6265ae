/** The addresses of the site that a feed names, each from the root. */
export interface FeedPaths {
  podcast(podcast: string): string
  feed(podcast: string): string
  episode(podcast: string, episode: string): string
  chapters(podcast: string, episode: string): string
  transcript(podcast: string, episode: string, format: 'vtt' | 'srt' | 'json' | 'html'): string
  person(handle: string): string
  topic(topic: string): string
  post(post: string): string
  newsItem(item: { readonly id: number; readonly slug: string }): string
  readonly home: string
  readonly podcasts: string
  readonly posts: string
  readonly news: string
  readonly networkFeed: string
  readonly publisherFeed: string
  readonly postsFeed: string
  readonly newsFeed: string
  personFeed(handle: string): string
  topicFeed(topic: string): string
}

/** Where the outside world finds the site. A feed is read elsewhere, so every address in it is written in full. */
export interface Outside {
  readonly publicUrl: string
  readonly paths: FeedPaths
}

/** What is elsewhere already stays as it is. */
export function inFull(publicUrl: string, address: string): string {
  return address.startsWith('/') ? publicUrl.replace(/\/+$/, '') + address : address
}
