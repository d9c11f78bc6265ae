/** A site at Memberful, and a key to its API. */
export interface MemberfulSite {
  /** `https://radio.memberful.com` */
  readonly site: string
  readonly apiKey: string
  /** How long an answer is waited for: ten seconds unless said. */
  readonly patienceMs?: number
  readonly fetch?: typeof fetch
}
