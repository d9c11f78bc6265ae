/** What the lists of pickers leave open: they close when one goes on, and Enter takes what stands first. */
export function tidyPickers(): void {
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const picker = pickerOf(target)
    const isWithin = relatedTarget instanceof Node && picker?.contains(relatedTarget)
    if (!isWithin) picker?.removeAttribute('open')
  })
  // A press on the list leaves the cursor where one types.
  document.addEventListener('mousedown', (event) => {
    const { target } = event
    if (target instanceof Element && target.closest('auto-complete [role="listbox"]')) {
      event.preventDefault()
    }
  })
  // Who presses Enter while looking somebody up does not mean to save.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && pickerOf(event.target)) event.preventDefault()
  })
  document.addEventListener('keydown', goOn, { capture: true })
  // The element marks its first option while the list is still hidden, and finds none.
  document.addEventListener('load', ({ target }) => markFirst(target), { capture: true })

  // An answer to what was typed before one chose would open the list again, over the arrow keys of the row.
  const chosen = new WeakMap<EventTarget, string>()
  document.addEventListener('auto-complete-change', ({ target }) => {
    const value = target instanceof HTMLElement ? target.getAttribute('value') : null
    if (target && value) chosen.set(target, value)
  })
  document.addEventListener(
    'load',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || !chosen.has(target)) return
      const isChosen = target.querySelector('input')?.value === chosen.get(target)
      if (isChosen) target.removeAttribute('open')
    },
    { capture: true },
  )
}

/** Tab goes on: with what was chosen by the arrows, or with what was typed. The element would take the first, and stay. */
function goOn({ key, target }: KeyboardEvent): void {
  const picker = pickerOf(target)
  if (key !== 'Tab' || !picker) return
  picker.querySelector<HTMLElement>('[aria-selected="true"]')?.click()
  for (const option of picker.querySelectorAll('[data-combobox-option-default]')) {
    option.removeAttribute('data-combobox-option-default')
  }
}

function pickerOf(target: EventTarget | null): Element | null {
  return target instanceof HTMLInputElement ? target.closest('auto-complete') : null
}

function markFirst(target: EventTarget | null): void {
  if (
    !(target instanceof HTMLElement) ||
    !target.matches('auto-complete[data-autoselect="true"]')
  ) {
    return
  }
  if (target.querySelector('[aria-selected="true"]')) return
  target.querySelector('[role="option"]')?.setAttribute('data-combobox-option-default', 'true')
}
