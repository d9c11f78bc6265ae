/** What a browser keeps for the player. It may keep nothing at all, be full, or give back what somebody else wrote there. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(`player:${key}`)
  } catch {
    return null
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`player:${key}`)
    else localStorage.setItem(`player:${key}`, value)
  } catch {
    // Storage is off or full: it is forgotten, and listening goes on.
  }
}

/** What was kept as JSON; undefined for what is none. */
export function readJson(key: string): unknown {
  return parsed(read(key))
}

export function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
