import { type Actor, isAdmin, isSelf, policy } from '../policies/index.ts'
import { type MemberFeed } from './member-feed.ts'

type OneFeed = Pick<MemberFeed, 'personId'>

/**
 * A feed is its owner's: nobody else changes it, an administrator who acts in their name neither, since whoever makes an
 * address knows it. Administrators stop and remove feeds; the new address is mailed to the owner.
 */
export const { actions, may, mayOrThrow } = policy(
  'member feed',
  {
    list: isAdmin,
    show: (actor: Actor, feed: OneFeed) => isAdmin(actor) || isOwner(actor, feed),
    create: (actor: Actor, { isMember, ...feed }: OneFeed & { readonly isMember: boolean }) =>
      isOwner(actor, feed) && (isMember || isAdmin(actor)),
    update: isOwner,
    rotate: isOwner,
    replace: isAdmin,
    delete: (actor: Actor, feed: OneFeed) => isAdmin(actor) || isOwner(actor, feed),
  },
  { hides: true },
)

function isOwner(actor: Actor, { personId }: OneFeed): boolean {
  return isSelf(actor, { id: personId }) && actor.masquerader === undefined
}
