import { OwnershipError } from '@showrunner/data'
import { asOwnerOf, decodeTokens, type Sandboxes } from '@showrunner/data/sandboxes'
import { connected, notConnected, type ConnectRequest } from '@showrunner/channels'
import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance } from 'fastify'
import { ownerOf, socketsOf, type Visitor } from './visitor.ts'

type Within = Visitor['within']

/** Everybody may connect: what they may join is for each channel to say. */
export function connectTo(app: FastifyInstance) {
  const { repo, sandboxes } = app.parts

  return async (request: ConnectRequest) => {
    const within = sandboxes ? sandboxOf(sandboxes, request) : anywhere
    try {
      const session = await within(() => app.sessionIn(request.cookie))
      if (!session) return connected<Visitor>({ account: undefined, within })
      const { person, masquerader } = session
      const account = await within(() => accounts.accountOf(repo, person, masquerader))
      return connected<Visitor>({ account, within }, socketsOf(ownerOf(session)))
    } catch (error) {
      if (error instanceof OwnershipError) return notConnected(error.message, 410)
      throw error
    }
  }
}

const anywhere: Within = (work) => work()

/** A message comes in no context of its own, so each visitor knows the sandbox that their socket was opened from. */
function sandboxOf(sandboxes: Sandboxes, { headers, userAgent }: ConnectRequest): Within {
  const tokens = decodeTokens({ ...headers, 'user-agent': userAgent })
  return tokens === undefined ? anywhere : (work) => asOwnerOf([sandboxes], tokens, work)
}
