import { type Track } from './track.ts'

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
