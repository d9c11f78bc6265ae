import { type Actor, isAdmin, isEditor, isSelf, isStaff, policy } from '../policies/index.ts'

interface OnePost {
  readonly authorId: number
  readonly editorId: number | null
  readonly published: boolean
}

/** Who wrote or edits a post may do all of it, as long as they have work here: with the last role that ends too. */
export const { actions, may, mayOrThrow } = policy(
  'post',
  {
    list: isStaff,
    create: isEditor,
    show: isTheirs,
    update: isTheirs,
    publish: isTheirs,
    unpublish: isTheirs,
    delete: (actor: Actor, post: OnePost) => isTheirs(actor, post) && !post.published,
  },
  { hides: true },
)

function isTheirs(actor: Actor, { authorId, editorId }: OnePost): boolean {
  if (isAdmin(actor)) return true

  const isOwn =
    isSelf(actor, { id: authorId }) || (editorId !== null && isSelf(actor, { id: editorId }))
  return isStaff(actor) && isOwn
}
