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

/** The track a player or a link in the page stands for. */
export function trackOf(element: HTMLElement, audioUrl: string): Track {
  const { dataset } = element

  return {
    episode: dataset['episode'] ?? '',
    audioUrl,
    title: dataset['title'] ?? '',
    show: dataset['of'] ?? '',
    imageUrl: dataset['image'] ?? '',
    colours: element.closest('[data-show]')?.getAttribute('style') ?? '',
    seconds: Number(dataset['seconds'] ?? 0),
  }
}
