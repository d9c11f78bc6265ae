import { words } from '../words.ts'
import { sound } from './sound.ts'
import { type Track } from './track.ts'
import { trackOf } from './track-of.ts'

const LINK = 'a[data-listen]'

/** Links to the sound itself, for who has no scripts; with them they play it here. */
export function playListenLinks(): void {
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(LINK) : null
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return

    event.preventDefault()
    sound.toggle(trackOf(link, link.href))
  })

  sound.addEventListener('change', drawAll)
  document.addEventListener('turbo:load', drawAll)
  document.addEventListener('live-page:morphed', drawAll)
}

function drawAll(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(LINK)) {
    draw(link, trackOf(link, link.href))
  }
}

function draw(link: HTMLAnchorElement, track: Track): void {
  const playing = sound.has(track) && sound.playing
  link.toggleAttribute('data-playing', playing)

  const label = link.querySelector('span')
  if (label) label.textContent = playing ? words.player.pause : words.player.listen
}
