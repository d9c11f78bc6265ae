/** One button, which goes to the turn that somebody points at, and takes its address along. */
export function offerLinks(reader: HTMLElement, signal: AbortSignal): void {
  const button = reader.querySelector<HTMLButtonElement>('[data-do=copy]')
  if (!button || !('clipboard' in navigator)) return

  for (const type of ['pointerover', 'focusin', 'click']) {
    reader.addEventListener(type, ({ target }) => putBeside(target, button), { signal })
  }
  button.addEventListener('click', () => void copy(reader, button), { signal })
}

function putBeside(target: EventTarget | null, button: HTMLButtonElement): void {
  const turn = target instanceof Element ? target.closest('.turn-of-speech') : null
  const time = turn?.querySelector('.at')
  if (!time || time.nextElementSibling === button) return
  time.after(button)
  button.hidden = false
}

async function copy(reader: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const time = button.previousElementSibling
  if (!(time instanceof HTMLAnchorElement)) return
  const address = new URL(reader.dataset['whole'] ?? '', location.href)
  address.hash = time.hash
  await navigator.clipboard.writeText(address.href)

  const output = reader.querySelector('output')
  if (output) output.value = button.dataset['copied'] ?? ''
  button.toggleAttribute('data-done', true)
  setTimeout(() => button.removeAttribute('data-done'), 2000)
}
