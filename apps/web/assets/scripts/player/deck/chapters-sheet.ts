import { type Chapter, chapterAt } from '../chapter.ts'
import { sound } from '../sound.ts'
import { figures } from '../time-code.ts'
import { sheet, writeList } from './sheet.ts'

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
  row.querySelector('.figures')!.textContent = figures(at)
  row.querySelector('.what')!.textContent = title
  const picture = row.querySelector('img')!
  if (imageUrl) picture.src = imageUrl
  else picture.remove()
  const out = row.querySelector('a')!
  if (link) {
    out.href = link
    out.textContent = URL.parse(link)?.hostname.replace(/^www\./, '') ?? link
  } else out.remove()
}

function light(): void {
  const listed = sound.chapters.filter((chapter) => chapter.listed)
  const current = chapterAt(listed, sound.place)
  for (const row of sheet('chapters')?.querySelectorAll<HTMLElement>('[data-key]') ?? []) {
    const isCurrent = current !== undefined && row.dataset['key'] === String(current.at)
    if (isCurrent) row.setAttribute('aria-current', 'true')
    else row.removeAttribute('aria-current')
  }
}
