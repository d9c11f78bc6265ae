/** An OAuth app as GitHub knows it, and where GitHub is. */
export interface GithubApp {
  readonly clientId: string
  readonly clientSecret: string
  /** `https://github.com`, unless said. */
  readonly site?: string
  /** `https://api.github.com`, unless said. */
  readonly api?: string
  readonly fetch?: typeof fetch
}
