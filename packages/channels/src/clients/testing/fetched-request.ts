const DONE = 4

/** As much of an `XMLHttpRequest` as old clients use. */
export class FetchedRequest {
  readyState = 0
  responseText = ''
  timeout: number | undefined
  onreadystatechange = () => {}
  onerror = () => {}
  ontimeout = () => {}
  #method = 'GET'
  #url = ''
  readonly #headers: Record<string, string> = {}
  readonly #aborted = new AbortController()

  open(method: string, url: string): void {
    this.#method = method
    this.#url = url
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value
  }

  send(body: string | null): void {
    void this.#fetch(body)
  }

  abort(): void {
    this.#aborted.abort()
  }

  async #fetch(body: string | null): Promise<void> {
    const timeout = this.timeout ? [AbortSignal.timeout(this.timeout)] : []
    const request = {
      method: this.#method,
      headers: this.#headers,
      signal: AbortSignal.any([this.#aborted.signal, ...timeout]),
      ...(body === null ? {} : { body }),
    }
    try {
      this.responseText = await (await fetch(this.#url, request)).text()
    } catch {
      if (this.#aborted.signal.aborted) return undefined
      if (timeout.some(({ aborted }) => aborted)) return this.ontimeout()
      return this.onerror()
    }
    this.readyState = DONE
    try {
      this.onreadystatechange()
    } catch {
      // A page goes on when a handler fails, and the oldest clients do when they are closed.
    }
  }
}
