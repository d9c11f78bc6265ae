declare module '@hotwired/turbo' {
  export function start(): void
  /** Makes the one of the other, and leaves alone what it is told to. */
  export function morphElements(
    current: Element,
    fresh: Element,
    options?: { readonly callbacks?: { readonly beforeNodeMorphed?: (node: Node) => boolean } },
  ): void
  export function visit(
    location: string,
    options?: { readonly action?: 'advance' | 'replace' },
  ): void

  /** `<turbo-stream>`, which does what it says once it is in a page. */
  export interface StreamElement extends HTMLElement {
    render(): Promise<void>
  }
}
