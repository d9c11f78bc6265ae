/** What is played. */
export interface Track {
  /** The address of its page, by which it is known. */
  readonly episode: string
  readonly audioUrl: string
  readonly title: string
  readonly show: string
  readonly imageUrl: string
  /** The colours of its show, as a `style`. */
  readonly colours: string
  /** As the feed says, until the sound itself is known. 0 where nobody does. */
  readonly seconds: number
}

/** A track as it was written down, by this browser or the site; undefined for anything else. */
export function asTrack(given: unknown): Track | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const known = given as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof known[name] === 'string' ? known[name] : '')
  const { seconds } = known
  const [episode, audioUrl] = [text('episode'), text('audioUrl')]
  if (!/^\/[^/\\]/.test(episode) || !/^(https?:\/)?\/[^/]/.test(audioUrl)) return undefined

  return {
    episode,
    audioUrl,
    title: text('title') || episode,
    show: text('show'),
    imageUrl: text('imageUrl'),
    colours: text('colours'),
    seconds: typeof seconds === 'number' && seconds > 0 ? seconds : 0,
  }
}
