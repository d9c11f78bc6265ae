const EVERY_MS = 1000

/** What became of an upload. */
export interface Ended {
  readonly state: string
  readonly words: string
  readonly message: string | null
}

/** Asks about an upload until it has ended; undefined where nobody waits any more. */
export async function watchUpload(
  address: string,
  signal: AbortSignal,
): Promise<Ended | undefined> {
  while (!signal.aborted) {
    const state = await stateOf(address, signal)
    if (state && state.state !== 'receiving' && state.state !== 'received') return state
    await new Promise((done) => setTimeout(done, EVERY_MS))
  }
  return undefined
}

async function stateOf(address: string, signal: AbortSignal): Promise<Ended | undefined> {
  try {
    const response = await fetch(address, { signal, headers: { accept: 'application/json' } })
    if (!response.ok) return undefined
    const { state, words, message } = (await response.json()) as Record<string, unknown>
    return {
      state: String(state),
      words: String(words),
      message: typeof message === 'string' ? message : null,
    }
  } catch {
    // The server may be starting again.
    return undefined
  }
}

/** Shows a panel as it is now, and says what happened where the ear and the keyboard are. */
export async function refreshPanel(
  within: HTMLElement,
  address: string,
  { words, message }: Ended,
): Promise<void> {
  const old = within.closest('.upload')
  if (!old) return
  const response = await fetch(address, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.getElementById(old.id)
  if (!fresh) return
  const hadFocus = old.contains(document.activeElement) || document.activeElement === document.body
  old.replaceWith(fresh)
  const heading = fresh.querySelector('h2')
  heading?.setAttribute('tabindex', '-1')
  if (hadFocus) heading?.focus({ preventScroll: true })
  const said = fresh.querySelector('[role="status"]')
  if (said) said.textContent = message === null ? `${words}.` : `${words}: ${message}`
}
