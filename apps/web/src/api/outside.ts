import { absolute, addresses } from '../addresses.ts'

/** How the outside world finds what an answer names: addresses in full. */
export interface Outside {
  /** Of a page or a file of the site. */
  readonly at: (address: string) => string
  readonly maybeAt: (address: string | null) => string | null
  /** Of something of this API: `/podcasts/local-time`. */
  readonly api: (path: string) => string
}

export function outsideOf(publicUrl: string): Outside {
  return {
    at: (address) => absolute(publicUrl, address),
    maybeAt: (address) => (address === null ? null : absolute(publicUrl, address)),
    api: (path) => publicUrl + addresses.api + path,
  }
}
