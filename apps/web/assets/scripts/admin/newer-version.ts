/** What the server says of a form that is open. */
export type Told =
  | { readonly kind: 'newer'; readonly version: string; readonly by: string; readonly at: Date }
  | { readonly kind: 'gone' }
  | { readonly kind: 'signed-out' }

const EVERY_MS = 30_000
/** A window that gets the focus is often shown at the same moment. */
const AT_MOST_EVERY_MS = 2_000

interface Options {
  readonly address: string
  readonly isDirty: () => boolean
  readonly tell: (told: Told) => void
  readonly signal: AbortSignal
}

/** Asks whether somebody saved a newer version: when the page is looked at again, and while somebody types. */
export function watchVersion({ address, isDirty, tell, signal }: Options): void {
  let askedAt = 0
  const look = async () => {
    const news = await told(address, signal)
    if (news && !signal.aborted) tell(news)
  }
  const ask = () => {
    if (document.visibilityState !== 'visible') return
    if (performance.now() - askedAt < AT_MOST_EVERY_MS) return
    askedAt = performance.now()
    void look()
  }
  document.addEventListener('visibilitychange', ask, { signal })
  addEventListener('focus', ask, { signal })
  const timer = setInterval(() => {
    if (isDirty()) ask()
  }, EVERY_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
}

async function told(address: string, signal: AbortSignal): Promise<Told | undefined> {
  try {
    const response = await fetch(address, { signal, headers: { accept: 'application/json' } })
    if (response.status === 401) return { kind: 'signed-out' }
    if (response.status === 404) return { kind: 'gone' }
    if (!response.ok) return undefined
    const { version, by, at } = (await response.json()) as Record<string, unknown>
    return {
      kind: 'newer',
      version: String(version),
      by: typeof by === 'string' ? by : 'The program',
      at: typeof at === 'string' ? new Date(at) : new Date(),
    }
  } catch {
    // No line: it is asked again.
    return undefined
  }
}
