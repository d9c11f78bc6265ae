import { type Actor, isAdmin, isHost, policy } from '../policies/index.ts'

/**
 * Hosts pick the sponsors of their episodes, which the original's form offers and its search refuses. The report of one is
 * for its own people, too: who is none of them is not told that it is there.
 */
export const { actions, may, mayOrThrow } = policy(
  'sponsor',
  {
    search: isHost,
    list: isAdmin,
    show: isAdmin,
    create: isAdmin,
    update: isAdmin,
    delete: isAdmin,
    report: (actor: Actor, { repIds }: { readonly repIds: readonly number[] }) =>
      isAdmin(actor) || (actor.person !== undefined && repIds.includes(actor.person.id)),
  },
  { hides: true },
)
