/** GitHub did not say who somebody is. Holds no code and no token. */
export class GithubError extends Error {
  override readonly name = 'GithubError'
}
