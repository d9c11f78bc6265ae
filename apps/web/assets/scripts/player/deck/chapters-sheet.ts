import { type Chapter, chapterAt } from '../chapter.ts'
import { sound } from '../sound.ts'
import { figures } from '../time-code.ts'
import { hostOf } from './host-of.ts'
import { sheet, write, writeList } from './sheet.ts'

/** The chapters of what is heard, wherever one is: pressed, they are played. */
export function showChapters(): void {
  let drawn: readonly Chapter[] | undefined
  sound.addEventListener('change', () => {
    if (!sheet('chapters')?.open) return
    if (sound.chapters !== drawn) drawChapters()
    drawn = sound.chapters
    light()
  })
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-does=listen]') : null
    const at = Number(button?.closest<HTMLElement>('[data-key]')?.dataset['key'])
    if (!button || !sound.track || !Number.isFinite(at)) return

    sound.play(sound.track, at)
    sheet('chapters')?.close()
  })
}

export function drawChapters(): void {
  const list = sheet('chapters')?.querySelector('ol')
  const chapters = sound.chapters.filter(({ listed }) => listed)
  if (!list) return

  writeList(list, chapters, { key: ({ at }) => String(at), fill })
  light()
}

function fill(row: HTMLElement, { at, title, link, imageUrl }: Chapter): void {
  write(row, '.figures', figures(at))
  write(row, '.what', title)
  write(row, 'a', hostOf(link))
  if (imageUrl) row.querySelector('img')?.setAttribute('src', imageUrl)
  else row.querySelector('img')?.remove()
  if (link) row.querySelector('a')?.setAttribute('href', link)
  else row.querySelector('a')?.remove()
}

function light(): void {
  const current = chapterAt(sound.chapters, sound.place)
  for (const row of sheet('chapters')?.querySelectorAll<HTMLElement>('[data-key]') ?? []) {
    const isCurrent = current !== undefined && row.dataset['key'] === String(current.at)
    if (isCurrent) row.setAttribute('aria-current', 'true')
    else row.removeAttribute('aria-current')
  }
}
