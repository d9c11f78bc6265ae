import { type Track } from '../track.ts'
import { sound } from '../sound.ts'
import { queue } from './kept-queue.ts'
import { sheet, write, writeList } from './sheet.ts'
import { words } from './words.ts'

/** Draws the queue whenever it changes, and does what is asked there. */
export function showQueue(say: (text: string) => void): void {
  queue.addEventListener('change', drawQueue)
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-does]') : null
    if (button?.closest('[data-sheet=queue]')) doTo(button, say)
  })
  document.addEventListener('keydown', (event) => {
    const row =
      event.target instanceof Element ? event.target.closest('[data-sheet=queue] li') : null
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!(row instanceof HTMLElement) || !event.altKey || by === undefined) return

    event.preventDefault()
    move(row.dataset['key'] ?? '', by, say)
  })
}

export function drawQueue(): void {
  const dialog = sheet('queue')
  const list = dialog?.querySelector('ol')
  if (!dialog || !list) return
  const { tracks } = queue

  dialog.querySelector('.none')?.toggleAttribute('hidden', tracks.length > 0)
  dialog.querySelector('[data-does=clear]')?.toggleAttribute('hidden', tracks.length === 0)
  writeList(list, tracks, {
    key: ({ episode }) => episode,
    fill: (row, track) => fill(row, track, tracks.indexOf(track)),
  })
}

function fill(row: HTMLElement, track: Track, at: number): void {
  row.querySelector('a')?.setAttribute('href', track.episode)
  write(row, 'a', track.title)
  write(row, '.of', track.show)
  for (const button of row.querySelectorAll<HTMLButtonElement>('[data-does]')) {
    // So that a list of them can be told apart.
    button.setAttribute('aria-label', `${button.getAttribute('aria-label')}: ${track.title}`)
    const { does } = button.dataset
    button.disabled =
      (does === 'earlier' && at === 0) || (does === 'later' && at === queue.tracks.length - 1)
  }
}

function doTo(button: HTMLElement, say: (text: string) => void): void {
  const episode = button.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? ''
  const track = queue.tracks.find((one) => one.episode === episode)
  const { does } = button.dataset

  if (does === 'clear') queue.clear()
  else if (!track) return
  else if (does === 'play') sound.play(track)
  else if (does === 'earlier') move(episode, -1, say)
  else if (does === 'later') move(episode, 1, say)
  else if (does === 'remove') {
    queue.remove(episode)
    say(words.removed(track.title))
  }
}

function move(episode: string, by: number, say: (text: string) => void): void {
  queue.move(episode, by)
  const at = queue.tracks.findIndex((track) => track.episode === episode)
  const title = queue.tracks[at]?.title
  if (title) say(words.moved(title, at + 1, queue.tracks.length))
}
