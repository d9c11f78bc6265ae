import { type Actor, isAdmin, isHost, isSelf, policy } from '../policies/index.ts'
import { type ApiToken } from './api-token.ts'

type OneToken = Pick<ApiToken, 'personId'>

/**
 * Who works on a podcast makes tokens for themselves, and nobody for anybody else: an administrator who acts in their name
 * neither, since whoever makes one has it. Administrators see that there are tokens, and take them back.
 */
export const { actions, may, mayOrThrow } = policy(
  'API token',
  {
    list: isAdmin,
    show: (actor: Actor, token: OneToken) => isAdmin(actor) || isOwner(actor, token),
    create: (actor: Actor, token: OneToken) => isHost(actor) && isOwner(actor, token),
    delete: (actor: Actor, token: OneToken) => isAdmin(actor) || isOwner(actor, token),
  },
  { hides: true },
)

function isOwner(actor: Actor, { personId }: OneToken): boolean {
  return isSelf(actor, { id: personId }) && actor.masquerader === undefined
}
