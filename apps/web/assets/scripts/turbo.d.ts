declare module '@hotwired/turbo' {
  export function start(): void
  export function visit(
    location: string,
    options?: { readonly action?: 'advance' | 'replace' },
  ): void

  /** `<turbo-stream>`, which does what it says once it is in a page. */
  export interface StreamElement extends HTMLElement {
    readonly target: string | null
    render(): Promise<void>
  }
}
