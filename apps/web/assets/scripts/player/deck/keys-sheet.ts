import { read, write } from '../kept.ts'
import { sheet } from './sheet.ts'

/** Letters as keys are in the way of who speaks to their machine: they may be of the players alone. */
export function chooseKeys(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches('[data-sheet=keys] input')) {
      write('keys', target.checked ? null : 'here')
    }
  })
}

export function drawKeys(): void {
  const everywhere = sheet('keys')?.querySelector('input')
  if (everywhere) everywhere.checked = read('keys') !== 'here'
}
