/** Where sockets are mounted: `/socket`, or `/rooms/:room/socket`, whose names become params. */
export class Mount {
  readonly #pattern: RegExp
  readonly path: string

  constructor(path: string, transport: 'websocket' | 'longpoll') {
    this.path = `${path.replace(/\/$/, '')}/${transport}`
    const pattern = this.path
      .split('/')
      .map((part) =>
        part.startsWith(':')
          ? `(?<${part.slice(1)}>[^/]+)`
          : part.replace(/[.+*?^$(){}|[\]\\]/g, '\\$&'),
      )
      .join('/')
    this.#pattern = new RegExp(`^${pattern}$`)
  }

  /** The params that stand in the path; undefined for an address that is not of this mount. */
  match(pathname: string): Record<string, string> | undefined {
    const match = this.#pattern.exec(pathname)
    if (!match) return undefined
    try {
      return Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, value]) => [
          name,
          decodeURIComponent(value),
        ]),
      )
    } catch {
      return undefined
    }
  }
}
