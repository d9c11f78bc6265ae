/** The addresses of the site that a feed names, each from the root. */
export interface FeedPaths {
  podcast(podcast: string): string
  feed(podcast: string): string
  episode(podcast: string, episode: string): string
  chapters(podcast: string, episode: string): string
  transcript(podcast: string, episode: string, format: 'vtt' | 'srt' | 'html'): string
  person(handle: string): string
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
