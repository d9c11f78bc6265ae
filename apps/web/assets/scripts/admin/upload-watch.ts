import { followDesk } from './desk-following.ts'

/** What became of an upload. */
export interface Ended {
  readonly state: string
  readonly words: string
  readonly message: string | null
}

/**
 * Asks about an upload whenever something changes there, until it has ended. Undefined where nobody waits any more, and `untold`
 * where nobody tells.
 */
export async function watchUpload(
  address: string,
  signal: AbortSignal,
): Promise<Ended | 'untold' | undefined> {
  const { promise, resolve } = Promise.withResolvers<Ended | 'untold' | undefined>()
  const look = async () => {
    const state = await stateOf(address, signal)
    if (state && state.state !== 'receiving' && state.state !== 'received') resolve(state)
  }
  const leave = followDesk(topicOf(address), {
    stale: () => void look(),
    refused: () => resolve('untold'),
  })
  signal.addEventListener('abort', () => resolve(undefined), { once: true })
  return promise.finally(leave)
}

/** `/admin/uploads/42` */
function topicOf(address: string): string {
  const { pathname } = new URL(address, location.href)
  return `desk:upload:${pathname.slice(pathname.lastIndexOf('/') + 1)}`
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
