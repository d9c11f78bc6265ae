import { sound } from '../sound.ts'
import { sheet } from './sheet.ts'
import { type Sleep } from './sleep.ts'
import { sleeper } from './sleeper.ts'
import { words } from './words.ts'

/** When it falls silent, chosen and shown. */
export function showSleep(say: (text: string) => void): void {
  sleeper.addEventListener('change', drawSleep)
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-sleep]') : null
    if (!button) return

    sleeper.set(sleepOf(button.dataset['sleep'] ?? ''))
    say(sleeper.sleep ? words.sleepSet : words.sleepOff)
    sheet('sleep')?.close()
  })
}

export function drawSleep(): void {
  const dialog = sheet('sleep')
  const left = dialog?.querySelector('.left')
  if (!dialog || !left) return
  const { sleep, minutes } = sleeper

  left.textContent = sleep?.after === 'seconds' ? words.minutesLeft(minutes) : ''
  for (const button of dialog.querySelectorAll<HTMLElement>('[data-sleep]')) {
    const { sleep: value = '' } = button.dataset
    button.setAttribute('aria-pressed', String(value !== 'off' && value === sleep?.after))
    if (value === 'off') button.hidden = sleep === undefined
    if (value === 'chapter') button.hidden = !sound.chapters.some(({ listed }) => listed)
  }
}

function sleepOf(value: string): Sleep | undefined {
  if (value === 'chapter' || value === 'episode') return { after: value }
  const minutes = Number(value)

  return minutes > 0 ? { after: 'seconds', left: minutes * 60 } : undefined
}
