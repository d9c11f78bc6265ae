/** Which page an address leads to, and with which parameters, for those who do not come with a request. */
export class PageAddresses<Page> {
  readonly #exact = new Map<string, Page>()
  readonly #patterns: { readonly pattern: RegExp; readonly page: Page }[] = []

  /** As it is given to Fastify: `/about`, `/:podcast(^…$)/:episode(^…$)`. */
  add(address: string, page: Page): void {
    if (!address.includes(':')) this.#exact.set(address, page)
    else this.#patterns.push({ pattern: patternOf(address), page })
  }

  find(path: string): { readonly page: Page; readonly params: object } | undefined {
    const exact = this.#exact.get(path)
    if (exact) return { page: exact, params: {} }
    for (const { pattern, page } of this.#patterns) {
      const match = pattern.exec(path)
      if (match) return { page, params: { ...match.groups } }
    }
    return undefined
  }
}

function patternOf(address: string): RegExp {
  const segments = address.split('/').map((segment) => {
    const [, name, rule] = /^:(\w+)\(\^(.*)\$\)$/.exec(segment) ?? []
    return name === undefined ? segment.replaceAll('.', '\\.') : `(?<${name}>${rule})`
  })
  return new RegExp(`^${segments.join('/')}$`)
}
