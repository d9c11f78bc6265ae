import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as posts from '@showrunner/domain/posts'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type ListPage, listPage, type ListRow, type Tab } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { postBadge } from './post-tabs.ts'

const { admin } = addresses

const LABELS = { drafts: 'Drafts', scheduled: 'Scheduled', published: 'Published' } as const

const EMPTY = {
  drafts: 'No drafts. A new post is one: nobody sees it until you publish it.',
  scheduled: 'Nothing is scheduled.',
  published: 'Nothing has been published yet.',
} as const

interface Found {
  readonly asked: ListQuery
  readonly state: posts.PostState
  readonly found: Paged<posts.PostWithPeople>
  readonly counts: Readonly<Record<posts.PostState, number>>
  readonly asOf: Date
}

export function postList(
  frame: AdminFrame,
  actor: Account,
  { asked, state, found, counts, asOf }: Found,
): ListPage {
  const rows = found.rows.map((post) => rowOf(post, zoneOf(actor), asOf))

  return listPage(frame, asked, found, rows, {
    address: admin.posts,
    noun: ['post', 'posts'],
    searchLabel: 'Search titles and summaries',
    chosenByTab: 'state',
    tabs: posts.POST_STATES.map((one) => tab(one, counts[one], one === state)),
    columns: [
      { title: 'Title', sort: 'title' },
      { title: 'Author' },
      { title: 'Editor' },
      state === 'drafts'
        ? { title: 'Out' }
        : { title: state === 'scheduled' ? 'Appears' : 'Out', sort: 'publishedAt' },
      { title: 'Changed', sort: 'updatedAt' },
    ],
    create: posts.may(actor, 'create') ? { label: 'New post', href: admin.newPost } : null,
    // What is out, or will be, is not deleted.
    bulk:
      state === 'drafts'
        ? { action: admin.severalPosts, actions: [{ value: 'delete', label: 'Delete drafts' }] }
        : null,
    empty: EMPTY[state],
  })
}

function tab(state: posts.PostState, count: number, isHere: boolean): Tab {
  const href = state === 'drafts' ? admin.posts : `${admin.posts}?state=${state}`
  return { label: LABELS[state], href, count, isHere }
}

function rowOf(post: posts.PostWithPeople, zone: string, asOf: Date): ListRow {
  const { id, title, tldr, author, editor, publishedAt, updatedAt } = post
  return {
    id,
    href: admin.editPost(id),
    title,
    subtitle: tldr,
    picture: null,
    badge: postBadge(post, asOf),
    cells: [
      author.name,
      editor?.name ?? '',
      publishedAt === null ? '' : localMoment(publishedAt, zone).words,
      localMoment(updatedAt, zone).words,
    ],
  }
}
