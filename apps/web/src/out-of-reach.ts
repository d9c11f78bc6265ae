/** What Node says of a network, and PostgreSQL of itself, where nothing is wrong with what was asked. */
const FOR_A_WHILE =
  /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|08\w{3}|53\w{3}|57P0[1-3])$/
const SAID = /^(?:Connection terminated|timeout exceeded when trying to connect)/

/** Whether something failed because the database is not there for a while: it starts, is moved, or has no room. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && FOR_A_WHILE.test(code)) return true
  return SAID.test(error.message) || isOutOfReach(error.cause)
}
