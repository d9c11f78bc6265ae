/** Where sockets are mounted: `/socket`, or `/rooms/:room/socket`, whose names become params. */
export class Mount {
  readonly path: string
  readonly #parts: readonly string[]

  constructor(path: string, transport: 'websocket' | 'longpoll') {
    this.path = `${path.replace(/\/$/, '')}/${transport}`
    this.#parts = this.path.split('/')
  }

  /** The params that stand in the path; undefined for an address that is not of this mount. */
  match(pathname: string): Record<string, string> | undefined {
    const given = pathname.split('/')
    if (given.length !== this.#parts.length) return undefined
    const params: [string, string][] = []
    for (const [at, part] of this.#parts.entries()) {
      const value = decoded(given[at] ?? '')
      if (value === undefined) return undefined
      if (!part.startsWith(':')) {
        if (part !== value) return undefined
      } else if (value === '') return undefined
      else params.push([part.slice(1), value])
    }
    return Object.fromEntries(params)
  }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
