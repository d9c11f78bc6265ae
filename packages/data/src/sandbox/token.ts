import { OwnershipError } from '../errors.ts'
import { type Sandbox, type Sandboxes } from './create-sandboxes.ts'

/** The header in which a request says whose sandbox it is to be answered from. */
export const SANDBOX_HEADER = 'x-showrunner-sandbox'

/** What a request's header holds: the tokens of the sandboxes, one for each database of the app. */
export function encodeTokens(...sandboxes: readonly Pick<Sandbox, 'token'>[]): string {
  return sandboxes.map(({ token }) => token).join('.')
}

/** A browser's User-Agent that carries the tokens, for those that can send no header of yours. */
export function userAgentWith(userAgent: string, tokens: string): string {
  return `${userAgent} Sandbox/${tokens}`
}

/** The tokens that a request carries, in the header or at the end of its User-Agent. */
export function decodeTokens(
  headers: { readonly [name: string]: string | readonly string[] | undefined },
  header = SANDBOX_HEADER,
): string | undefined {
  const given = headers[header.toLowerCase()]
  if (typeof given === 'string' && given !== '') return given
  return /\bSandbox\/([\w.-]+)$/.exec(String(headers['user-agent'] ?? ''))?.[1]
}

/**
 * Runs the function, and all it starts, as the owner of the sandboxes that these tokens name.
 *
 * @throws OwnershipError when one of them is open in none of the databases.
 */
export function asOwnerOf<T>(databases: readonly Sandboxes[], tokens: string, work: () => T): T {
  const [first = '', ...rest] = tokens.split('.')
  const sandboxes = databases.find((each) => each.has(first))
  if (!sandboxes) {
    throw new OwnershipError(
      'the sandbox of this request is gone: its test is over, it took longer than it may, or it belongs to another site.',
    )
  }
  const next = rest.length === 0 ? work : () => asOwnerOf(databases, rest.join('.'), work)
  return sandboxes.withToken(first, next)
}
