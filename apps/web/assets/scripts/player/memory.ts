const SPEED = 'player:speed'

/** Closer to its end than this an episode counts as heard, and begins anew. */
const HEARD = 15

/** Where the listener left off. A browser that keeps nothing begins at the start. */
export function rememberedPlace(episode: string): number {
  return Number(read(`player:place:${episode}`) ?? 0)
}

export function rememberPlace(episode: string, seconds: number, of: number): void {
  const heard = of > 0 && of - seconds < HEARD

  write(`player:place:${episode}`, heard ? null : String(Math.floor(seconds)))
}

export function rememberedSpeed(): number {
  return Number(read(SPEED) ?? 1) || 1
}

export function rememberSpeed(speed: number): void {
  write(SPEED, String(speed))
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Storage is off or full: the place is forgotten, and listening goes on.
  }
}
