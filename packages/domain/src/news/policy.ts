import { type Actor, isAdmin, isEditor, isSelf, policy } from '../policies/index.ts'

interface OneItem {
  readonly loggerId: number | null
  readonly status: string
}

/** Editors write news down and put them out; what they did not write down themselves is for administrators. */
export const { actions, may, mayOrThrow } = policy(
  'news item',
  {
    list: isEditor,
    create: isEditor,
    show: isTheirs,
    update: isTheirs,
    publish: isTheirs,
    unpublish: isTheirs,
    queue: isTheirs,
    decline: (actor: Actor, _item: OneItem) => isAdmin(actor),
    reorder: isAdmin,
    sources: isAdmin,
    issues: isAdmin,
    delete: (actor: Actor, item: OneItem) =>
      isAdmin(actor) || (isTheirs(actor, item) && item.status !== 'published'),
  },
  { hides: true },
)

function isTheirs(actor: Actor, { loggerId }: OneItem): boolean {
  if (isAdmin(actor)) return true
  return isEditor(actor) && loggerId !== null && isSelf(actor, { id: loggerId })
}
