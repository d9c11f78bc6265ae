import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, from, traverseErrors, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { type Actor, VISITOR } from '../policies/index.ts'
import { aPerson, aPost, sandboxed } from '../testing/index.ts'
import { createTopic } from '../topics/index.ts'
import {
  changeSlug,
  countPosts,
  createPost,
  deletePost,
  findMovedPost,
  getPost,
  getPostPage,
  getPostsPage,
  hasPosts,
  may,
  missingToPublish,
  Post,
  PostSlug,
  publishPost,
  searchPosts,
  unpublishPost,
  updatePost,
  visibleTo,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS)

const editor = ({ id, handle }: Person): Actor => ({
  ...VISITOR,
  person: { id, handle },
  isEditor: true,
})
const admin = (person: Person): Actor => ({ ...editor(person), isAdmin: true })

const WHOLE = { title: 'Salt', slug: 'salt', tldr: 'Where it gets in.', body: 'It gets **in**.' }

async function topicNamed(repo: Repo, slug: string): Promise<number> {
  const made = await createTopic(repo, { name: slug, slug })
  assert.ok(made.ok)
  return made.value.id
}

const topicsOf = async (repo: Repo, id: number) =>
  (await getPost(repo, id)).topics.map(({ slug }) => slug)

describe('a post', () => {
  it(
    'is its author’s draft, with a guid of its own and its body as HTML',
    sandboxed(async (repo) => {
      const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]

      const made = await createPost(repo, editor(ada), { ...WHOLE, authorId: eve.id, guid: 'mine' })

      assert.ok(made.ok)
      const { authorId, guid, bodyHtml, published } = made.value
      assert.deepEqual([authorId, published], [ada.id, false])
      assert.match(guid, /^[0-9a-f-]{36}$/)
      assert.equal(bodyHtml, '<p>It gets <strong>in</strong>.</p>')
    }),
  )

  it(
    'is given to somebody else, and an editor, by an administrator alone',
    sandboxed(async (repo) => {
      const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]
      const { id } = await aPost(repo, ada)
      const change = { authorId: eve.id, editorId: ada.id }

      await updatePost(repo, editor(ada), await getPost(repo, id), change)
      assert.equal((await getPost(repo, id)).author.name, 'Ada')
      await updatePost(repo, admin(ada), await getPost(repo, id), change)

      const { author, editor: edits } = await getPost(repo, id)
      assert.deepEqual([author.name, edits?.name], ['Eve', 'Ada'])
    }),
  )

  it(
    'says what is wrong with it, field by field, its topics too',
    sandboxed(async (repo) => {
      const ada = editor(await aPerson(repo, 'Ada'))
      await createPost(repo, ada, WHOLE)

      const refused = await createPost(repo, ada, {
        slug: 'feed',
        canonicalUrl: 'elsewhere',
        coverUrl: 'javascript:alert(1)',
        tldr: 'x'.repeat(1001),
        postTopics: { 0: { topic: 'Nothing' }, 1: { topic: '' } },
      })
      const again = await createPost(repo, ada, WHOLE)

      assert.ok(!refused.ok && !again.ok)
      assert.deepEqual(traverseErrors(refused.changeset), {
        title: ["can't be blank"],
        slug: ['is an address of the site itself'],
        tldr: ['should be at most 1000 character(s)'],
        canonicalUrl: ['must be an address that begins with http:// or https://'],
        coverUrl: ['must begin with http:// or https://, or be a path of this site'],
        postTopics: [{ topicId: ['is not known here: choose from the list, or add it first'] }],
      })
      assert.deepEqual(errorMessages(again.changeset), { slug: ['has already been taken'] })
    }),
  )

  it(
    'has its topics in the order of the form, without those that are deleted',
    sandboxed(async (repo) => {
      const ada = editor(await aPerson(repo, 'Ada'))
      const [tides, bells] = [await topicNamed(repo, 'tides'), await topicNamed(repo, 'bells')]
      const rows = [
        { topicId: tides, position: 0 },
        { topicId: bells, position: 1 },
      ]
      const made = await createPost(repo, ada, { ...WHOLE, postTopics: rows })
      assert.ok(made.ok)
      const { id } = made.value
      assert.deepEqual(await topicsOf(repo, id), ['tides', 'bells'])

      const [first, second] = (await getPost(repo, id)).postTopics
      const turned = [
        { id: first?.id, position: 1 },
        { id: second?.id, position: 0 },
      ]
      await updatePost(repo, ada, await getPost(repo, id), { postTopics: turned })
      assert.deepEqual(await topicsOf(repo, id), ['bells', 'tides'])
      const without = [{ id: first?.id }, { id: second?.id, delete: 'true' }]
      await updatePost(repo, ada, await getPost(repo, id), { postTopics: without })

      assert.deepEqual(await topicsOf(repo, id), ['tides'])
    }),
  )

  it(
    'takes its people and topics by what a picker says of them, and keeps topics that a form leaves out',
    sandboxed(async (repo) => {
      const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]
      await topicNamed(repo, 'tides')
      await topicNamed(repo, 'bells')
      const made = await createPost(repo, admin(ada), {
        ...WHOLE,
        author: 'Eve (eve)',
        editor: 'ada',
        postTopics: { 0: { topic: 'tides', position: '0' } },
      })
      assert.ok(made.ok)
      const post = await getPost(repo, made.value.id)
      assert.deepEqual([post.author.id, post.editor?.id], [eve.id, ada.id])

      const more = { 1000: { topic: 'bells (bells)', position: '1' } }
      const sent = { author: 'Eve (eve)', editor: '', postTopics: more }
      const saved = await updatePost(repo, admin(ada), post, sent)
      assert.deepEqual(saved.ok || traverseErrors(saved.changeset), true)
      const refused = await updatePost(repo, admin(ada), post, { author: 'Mallory' })

      assert.deepEqual(await topicsOf(repo, post.id), ['tides', 'bells'])
      assert.equal((await getPost(repo, post.id)).editor, null)
      assert.ok(!refused.ok)
      assert.deepEqual(errorMessages(refused.changeset)['authorId'], [
        'is not known here: choose from the list, or add them first',
      ])
    }),
  )

  it(
    'is not written over by who opened it before somebody else saved it',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const opened = await getPost(repo, (await aPost(repo, ada)).id)
      await updatePost(repo, editor(ada), opened, { title: 'First' })

      const late = await updatePost(repo, editor(ada), opened, { title: 'Second' })
      const gone = await deletePost(repo, opened)

      assert.ok(!late.ok && !gone.ok)
      assert.ok(errorMessages(late.changeset)['lockVersion'])
      assert.equal((await getPost(repo, opened.id)).title, 'First')
    }),
  )
})

describe('publishing a post', () => {
  it(
    'needs a title, an address, a summary and a body',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const post = await aPost(repo, ada, { tldr: null, body: ' ' })

      const refused = await publishPost(repo, post, {}, { asOf: NOW })

      assert.deepEqual(missingToPublish(post), ['tldr', 'body'])
      assert.ok(!refused.ok)
      assert.deepEqual(Object.keys(refused.changeset.errors), ['tldr', 'body'])
      assert.equal(await hasPosts(repo, NOW), false)
    }),
  )

  it(
    'is kept from losing them again',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const { id } = await aPost(repo, ada, { publishedAt: NOW })

      const emptied = await updatePost(repo, editor(ada), await getPost(repo, id), { body: '' })

      assert.ok(!emptied.ok)
      assert.deepEqual(errorMessages(emptied.changeset), { body: ["can't be blank"] })
    }),
  )

  it(
    'shows it from its moment on, and not before',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const later = inDays(2)
      await aPost(repo, ada, { slug: 'later', publishedAt: later })
      const shownAt = async (asOf: Date) => (await getPostsPage(repo, asOf)).total

      assert.equal(await shownAt(new Date(later.getTime() - 1)), 0)
      assert.equal(await shownAt(later), 1)
      await assert.rejects(getPostPage(repo, 'later', NOW), { name: 'NotFoundError' })
      assert.equal((await getPostPage(repo, 'later', later)).post.author.name, 'Ada')
    }),
  )

  it(
    'is typed by the clock of a zone, which leaves out an hour in spring',
    sandboxed(async (repo) => {
      const post = await aPost(repo, await aPerson(repo, 'Ada'))
      const when = { asOf: NOW, zone: 'Europe/Berlin' }
      const at = (publishedAt: string) => publishPost(repo, post, { publishedAt }, when)

      const [missing, unreadable] = [await at('2027-03-28T02:30'), await at('soon')]
      const scheduled = await at('2026-11-21T09:00')

      assert.ok(!missing.ok && !unreadable.ok && scheduled.ok)
      assert.deepEqual(errorMessages(missing.changeset)['publishedAt'], [
        'does not exist in Europe/Berlin: clocks are put forward over it',
      ])
      assert.deepEqual(errorMessages(unreadable.changeset)['publishedAt'], ['is invalid'])
      assert.equal(scheduled.value.publishedAt?.toISOString(), '2026-11-21T08:00:00.000Z')
    }),
  )

  it(
    'again gives it the date it had, unless it was never out',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const out = await aPost(repo, ada, { slug: 'out', publishedAt: inDays(-9) })
      const never = await aPost(repo, ada, { slug: 'never', publishedAt: inDays(9) })

      const dates = []
      for (const post of [out, never]) {
        const draft = await unpublishPost(repo, post, NOW)
        assert.ok(draft.ok)
        assert.deepEqual([draft.value.published, draft.value.publishedAt], [false, null])
        const again = await publishPost(repo, draft.value, {}, { asOf: NOW })
        assert.ok(again.ok)
        dates.push(again.value.publishedAt)
      }

      assert.deepEqual(dates, [inDays(-9), NOW])
    }),
  )
})

describe('the address of a post', () => {
  const renamed = async (repo: Repo, id: number, slug: string) => {
    const saved = await changeSlug(repo, await getPost(repo, id), { slug }, NOW)
    assert.ok(saved.ok)
    return saved.value
  }

  it(
    'leads to it for good once it was out, by whatever names it had',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const { id } = await aPost(repo, ada, { slug: 'one', publishedAt: inDays(-1) })
      await renamed(repo, id, 'two')
      await renamed(repo, id, 'three')

      assert.equal(await findMovedPost(repo, 'one', NOW), 'three')
      assert.equal(await findMovedPost(repo, 'two', NOW), 'three')
      await renamed(repo, id, 'one')
      assert.equal(await findMovedPost(repo, 'one', NOW), undefined)
      assert.equal(await findMovedPost(repo, 'three', NOW), 'one')
    }),
  )

  it(
    'is remembered over a time as a draft, which nobody is led to',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const out = await aPost(repo, ada, { slug: 'one', publishedAt: inDays(-1) })
      await unpublishPost(repo, out, NOW)
      const draft = await renamed(repo, out.id, 'two')

      assert.equal(await findMovedPost(repo, 'one', NOW), undefined)
      await publishPost(repo, draft, {}, { asOf: NOW })
      assert.equal(await findMovedPost(repo, 'one', NOW), 'two')
    }),
  )

  it(
    'is forgotten where nobody ever saw it',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const { id } = await aPost(repo, ada, { slug: 'one', publishedAt: inDays(1) })

      await renamed(repo, id, 'two')

      assert.equal(await repo.count(PostSlug), 0)
    }),
  )

  it(
    'is no other’s as long as it leads somewhere',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const first = await aPost(repo, ada, { title: 'Of Salt', slug: 'salt', publishedAt: NOW })
      await renamed(repo, first.id, 'of-salt')

      const taken = await createPost(repo, editor(ada), WHOLE)
      const free = await createPost(repo, editor(ada), { ...WHOLE, slug: '' })

      assert.ok(!taken.ok && free.ok)
      assert.deepEqual(errorMessages(taken.changeset), {
        slug: ['was the address of "Of Salt", and still leads there'],
      })
      assert.equal(free.value.slug, 'salt-2')
    }),
  )

  it(
    'is not changed by the way once it is known',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const { id } = await aPost(repo, ada, { publishedAt: inDays(1) })

      const moved = await updatePost(repo, editor(ada), await getPost(repo, id), { slug: 'b' })

      assert.ok(!moved.ok)
      assert.deepEqual(Object.keys(moved.changeset.errors), ['slug'])
    }),
  )

  it(
    'is made from the title of a draft where it is left out',
    sandboxed(async (repo) => {
      const ada = editor(await aPerson(repo, 'Ada'))
      const called = async (title: string) => {
        const made = await createPost(repo, ada, { title, slug: ' ' })
        return made.ok && made.value.slug
      }

      assert.equal(await called('Fish & Chips'), 'fish-and-chips')
      assert.equal(await called('Fish & chips!'), 'fish-and-chips-2')
      assert.equal(await called('Feed'), 'feed-2')
      assert.equal(await called('鹽'), 'post')
      const nameless = await createPost(repo, ada, { slug: '' })
      assert.ok(!nameless.ok)
      assert.deepEqual(Object.keys(nameless.changeset.errors), ['title', 'slug'])
    }),
  )
})

describe('the list of posts', () => {
  async function some(repo: Repo) {
    const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]
    await aPost(repo, ada, { slug: 'draft' })
    await aPost(repo, eve, { slug: 'edited', editorId: ada.id })
    await aPost(repo, eve, { slug: 'hers' })
    await aPost(repo, ada, { slug: 'soon', publishedAt: inDays(1) })
    await aPost(repo, ada, { slug: 'later', publishedAt: inDays(2) })
    await aPost(repo, eve, { slug: 'out', title: '100% salt_', publishedAt: inDays(-1) })
    await aPost(repo, ada, { slug: 'older', tldr: 'Of Salt', publishedAt: inDays(-2) })
    return { ada, eve }
  }
  const slugs = ({ rows }: { rows: readonly { slug: string }[] }) =>
    rows.map(({ slug }) => slug).toSorted()

  it(
    'has what somebody wrote or edits, or everything',
    sandboxed(async (repo) => {
      const { ada } = await some(repo)
      const seen = async (actor: Actor) => {
        const { rows } = await searchPosts(repo, actor, 'drafts', {}, NOW)
        return [slugs({ rows }), Object.values(await countPosts(repo, actor, NOW))]
      }

      assert.deepEqual(await seen(editor(ada)), [
        ['draft', 'edited'],
        [2, 2, 1],
      ])
      assert.deepEqual(await seen(admin(ada)), [
        ['draft', 'edited', 'hers'],
        [3, 2, 2],
      ])
      assert.deepEqual(await seen({ ...editor(ada), isEditor: false }), [[], [0, 0, 0]])
      assert.deepEqual(await seen(VISITOR), [[], [0, 0, 0]])
    }),
  )

  it(
    'holds for anybody exactly what they may show',
    sandboxed(async (repo) => {
      const { ada, eve } = await some(repo)
      const everything = await repo.all(from(Post))
      const people: readonly Actor[] = [
        VISITOR,
        admin(ada),
        editor(ada),
        editor(eve),
        { ...editor(ada), isEditor: false },
        { ...editor(eve), isEditor: false, hostOf: [1] },
      ]

      for (const actor of people) {
        const seen = await repo.all(visibleTo(actor, from(Post)))
        const shown = everything.filter((post) => may(actor, 'show', post))
        assert.deepEqual(slugs({ rows: seen }), slugs({ rows: shown }))
      }
    }),
  )

  it(
    'is ordered by what comes next, what came last, or by title',
    sandboxed(async (repo) => {
      const { ada } = await some(repo)
      const ordered = async (state: 'scheduled' | 'published', asked = {}) =>
        (await searchPosts(repo, admin(ada), state, asked, NOW)).rows.map(({ slug }) => slug)

      assert.deepEqual(await ordered('scheduled'), ['soon', 'later'])
      assert.deepEqual(await ordered('published'), ['out', 'older'])
      assert.deepEqual(await ordered('scheduled', { sort: 'title' }), ['later', 'soon'])
      assert.deepEqual(await ordered('scheduled', { page: 2 }), [])
    }),
  )

  it(
    'finds words in titles and summaries, whatever signs they hold',
    sandboxed(async (repo) => {
      const { ada } = await some(repo)
      const found = async (q: string) =>
        slugs(await searchPosts(repo, admin(ada), 'published', { q }, NOW))

      assert.deepEqual(await found('SALT'), ['older', 'out'])
      assert.deepEqual(await found('salt 100%'), ['out'])
      assert.deepEqual(await found('salt_'), ['out'])
      assert.deepEqual(await found(' '), ['older', 'out'])
      assert.deepEqual(await found('%'), ['out'])
    }),
  )
})

describe('deleting a post', () => {
  it(
    'takes its topics and old addresses with it, and leaves its author',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      const post = await aPost(repo, ada)

      assert.ok((await deletePost(repo, post)).ok)

      assert.equal(await repo.count(from(Post)), 0)
      assert.equal(await repo.exists(from(PostSlug)), false)
    }),
  )
})
