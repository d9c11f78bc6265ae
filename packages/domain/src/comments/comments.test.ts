import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { LimitError } from '../limits/index.ts'
import { Person, updateProfile } from '../people/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  approveComment,
  banCommenter,
  Comment,
  Commenter,
  CommentError,
  deleteComment,
  DiscussionFollow,
  editComment,
  endFollow,
  findByUnfollowToken,
  follow,
  getDiscussion,
  setStanding,
  unfollow,
  unfollowToken,
  writeComment,
  DEEPEST,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)

async function anEpisodeToDiscuss(repo: Repo) {
  const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'tides' })
  return { of: 'episode', id: episode.id } as const
}

async function aWriter(repo: Repo, name: string, isTrusted = true): Promise<Person> {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  if (isTrusted) await setStanding(repo, person.id, 'trusted', person)
  return person
}

type Subject = Awaited<ReturnType<typeof anEpisodeToDiscuss>>

async function said(
  repo: Repo,
  person: Person,
  subject: Subject,
  { body, below = null, asOf = NOW }: { body: string; below?: Comment | null; asOf?: Date },
): Promise<Comment> {
  const saved = await writeComment(
    repo,
    person,
    { subject, parentId: below?.id ?? null, params: { body } },
    asOf,
  )
  assert.ok(saved.ok)
  return saved.value
}

/** Who was mailed, and what the mails are about. */
async function mailed(repo: Repo, asOf = minutes(6)) {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent.map(({ to, subject }) => `${to}: ${subject}`).toSorted()
}

describe('writeComment', () => {
  it(
    'shows what somebody trusted says at once, and lets the first of anybody else wait',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const admin = await aPerson(repo, 'Root', { email: 'root@example.com' })
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob', false)]

      await said(repo, ada, subject, { body: 'High **water**.' })
      const waiting = await said(repo, bob, subject, { body: 'Low water.' })

      const { threads, count } = await getDiscussion(repo, subject, NOW)
      assert.deepEqual(
        threads.map(({ comment }) => comment.bodyHtml),
        ['<p>High <strong>water</strong>.</p>'],
      )
      assert.equal(count, 1)

      await approveComment(repo, waiting, admin)
      assert.equal((await getDiscussion(repo, subject, NOW)).count, 2)
      const next = await said(repo, bob, subject, { body: 'And again.' })
      assert.equal(next.approved, true)
    }),
  )

  it(
    'keeps no more than three of somebody new waiting, and none of whom is banned',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const bob = await aWriter(repo, 'Bob', false)
      for (const body of ['One.', 'Two.', 'Three.']) await said(repo, bob, subject, { body })

      await assert.rejects(said(repo, bob, subject, { body: 'Four.' }), CommentError)
      await banCommenter(repo, bob.id, bob, NOW)
      await assert.rejects(said(repo, bob, subject, { body: 'Five.' }), /may not write/)

      const rows = await repo.all(from(Comment))
      assert.equal(rows.length, 3)
      assert.ok(rows.every(({ declinedAt, approved }) => declinedAt !== null && !approved))
    }),
  )

  it(
    'lets nobody who is banned change what everybody sees',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const bob = await aWriter(repo, 'Bob')
      const shown = await said(repo, bob, subject, { body: 'Hello.' })
      await banCommenter(repo, bob.id, bob, NOW)

      await assert.rejects(
        editComment(repo, bob, shown, { body: 'Buy this.' }, NOW),
        /may not write/,
      )
      assert.equal((await repo.getOrThrow(Comment, shown.id)).body, 'Hello.')
    }),
  )

  it(
    'takes so many at once, and the same said twice once',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const ada = await aWriter(repo, 'Ada')
      await said(repo, ada, subject, { body: 'Twice.' })
      await said(repo, ada, subject, { body: 'Twice.' })
      assert.equal(await repo.count(from(Comment)), 1)

      for (let at = 1; at < 10; at += 1) await said(repo, ada, subject, { body: `No. ${at}` })
      await assert.rejects(said(repo, ada, subject, { body: 'Too many.' }), LimitError)
      assert.equal(await repo.count(from(Comment)), 10)
    }),
  )

  it(
    'refuses what is empty, too long, or below something of another discussion',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const other = await anEpisode(repo, await aPodcast(repo, { slug: 'other', title: 'Other' }), {
        slug: 'elsewhere',
      })
      const ada = await aWriter(repo, 'Ada')
      const elsewhere = await said(repo, ada, { of: 'episode', id: other.id }, { body: 'Here.' })

      const refused = async (body: string) => {
        const saved = await writeComment(
          repo,
          ada,
          { subject, parentId: null, params: { body } },
          NOW,
        )
        return saved.ok ? [] : Object.keys(saved.changeset.errors)
      }
      assert.deepEqual(await refused(' '), ['body'])
      assert.deepEqual(await refused('x'.repeat(10_001)), ['body'])
      await assert.rejects(said(repo, ada, subject, { body: 'x', below: elsewhere }), /answer/)
      assert.equal((await getDiscussion(repo, subject, NOW)).count, 0)
    }),
  )

  it(
    'lies no deeper than is readable: what answers the deepest stands beside it',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const ada = await aWriter(repo, 'Ada')
      let below: Comment | null = null
      for (let depth = 0; depth <= DEEPEST + 2; depth += 1) {
        const body = `At ${depth}.`
        below = await said(repo, ada, subject, { body, below })
      }

      assert.equal(below?.depth, DEEPEST)
      assert.equal((await getDiscussion(repo, subject, NOW)).count, DEEPEST + 3)
    }),
  )
})

describe('what a comment says', () => {
  it(
    'holds no HTML of its writer, no picture, no heading, and links that say whose they are',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const ada = await aWriter(repo, 'Ada')
      const body = [
        '# A heading',
        '<script>alert(1)</script> <img src=x onerror=alert(1)>',
        '![seen](https://spy.example/pixel.gif)',
        '[click](javascript:alert(1)) [there](https://example.com/) https://example.org',
      ].join('\n\n')

      const { bodyHtml } = await said(repo, ada, subject, { body })

      assert.doesNotMatch(bodyHtml ?? '', /<script|<img|<h\d|href="javascript/i)
      assert.match(
        bodyHtml ?? '',
        /<a href="https:\/\/example\.com\/" rel="ugc nofollow noopener">there<\/a>/,
      )
    }),
  )

  it(
    'is changed within five minutes by who wrote it, and deleted at any time',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      const comment = await said(repo, ada, subject, { body: 'Frist.' })
      const wrote = comment.insertedAt.getTime()
      const at = (ms: number) => new Date(wrote + ms)

      await assert.rejects(editComment(repo, bob, comment, { body: 'Mine.' }, at(1)), CommentError)
      await assert.rejects(
        editComment(repo, ada, comment, { body: 'Late.' }, at(5 * 60_000)),
        CommentError,
      )
      const saved = await editComment(repo, ada, comment, { body: 'First.' }, at(299_000))
      assert.ok(saved.ok)
      assert.equal(saved.value.bodyHtml, '<p>First.</p>')
      assert.deepEqual(saved.value.editedAt, at(299_000))

      await said(repo, bob, subject, { body: 'Second.', below: saved.value })
      const gone = await deleteComment(repo, saved.value, minutes(60))
      assert.deepEqual([gone.body, gone.bodyHtml], ['', null])
      const { threads, count } = await getDiscussion(repo, subject, NOW)
      assert.equal(threads[0]?.replies.length, 1)
      assert.equal(count, 1)
    }),
  )

  it(
    'goes without a trace where nobody answered it',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const comment = await said(repo, await aWriter(repo, 'Ada'), subject, { body: 'Alone.' })
      await deleteComment(repo, comment, NOW)
      assert.deepEqual((await getDiscussion(repo, subject, NOW)).threads, [])
    }),
  )
})

describe('who is mailed of a comment', () => {
  it(
    'is whom it answers, whom it names, and who follows, each once; never who wrote it',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      const [eve, dan] = [await aWriter(repo, 'Eve'), await aWriter(repo, 'Dan')]
      await aPost(repo, eve, { publishedAt: NOW })
      await follow(repo, subject, dan.id)
      const first = await said(repo, ada, subject, { body: 'First.' })
      await mailed(repo)

      await said(repo, bob, subject, { body: '@ada and @eve: so it is. @bob', below: first })
      await follow(repo, subject, bob.id)

      assert.deepEqual(await mailed(repo), [
        'ada@example.com: Bob answered you: tides',
        'dan@example.com: Bob wrote a comment: tides',
        'eve@example.com: Bob named you in a comment: tides',
      ])
      assert.deepEqual(await mailed(repo), [])
      const eves = await repo.getByOrThrow(DiscussionFollow, { personId: eve.id })
      assert.equal(eves.ofAll, false)
    }),
  )

  it(
    'is nobody whom the words do not name to everybody: of no page and not among those who talk, in code, elsewhere',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      const [eve, fay] = [await aWriter(repo, 'Eve'), await aWriter(repo, 'Fay')]
      await aPost(repo, eve, { publishedAt: NOW })
      await aPost(repo, fay, { slug: 'later', publishedAt: minutes(60) })
      await said(repo, bob, subject, { body: 'First.' })
      await unfollow(repo, subject, bob.id, NOW)
      await follow(repo, subject, bob.id)
      await mailed(repo)

      await said(repo, ada, subject, { body: '@bob @fay, as in `@eve` or @eve@server.example' })

      assert.deepEqual(await mailed(repo), ['bob@example.com: Ada named you in a comment: tides'])
    }),
  )

  it(
    'is who was called so once, whose page is still found by that name',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const [ada, eve] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Eve')]
      await aPost(repo, eve, { publishedAt: NOW })
      assert.ok((await updateProfile(repo, eve, { handle: 'eve-lovell' })).ok)
      await said(repo, ada, subject, { body: 'Ask @Eve.' })

      const { profiles } = await getDiscussion(repo, subject, NOW)
      assert.deepEqual([...profiles.named], [['eve', 'eve-lovell']])
      assert.deepEqual([...profiles.people], [eve.id])
      assert.deepEqual(await mailed(repo), ['eve@example.com: Ada named you in a comment: tides'])
    }),
  )

  it(
    'is nobody who ended it, by the page or by the link of a mail, until they ask again',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      const first = await said(repo, ada, subject, { body: 'First.' })
      await unfollow(repo, subject, ada.id, NOW)
      await said(repo, bob, subject, { body: 'One @ada.', below: first })
      assert.deepEqual(await mailed(repo), [])

      await follow(repo, subject, ada.id)
      await said(repo, bob, subject, { body: 'Two.' })
      assert.equal((await mailed(repo)).length, 1)

      const adas = await repo.getByOrThrow(DiscussionFollow, { personId: ada.id })
      const token = await unfollowToken(repo, adas)
      const found = await findByUnfollowToken(repo, token)
      assert.equal(found?.id, adas.id)
      assert.equal(await findByUnfollowToken(repo, `${token.slice(0, -1)}_`), undefined)
      await endFollow(repo, adas, NOW)
      await said(repo, bob, subject, { body: 'Three.' })
      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'is nobody of what is not approved, but the administrators once; and of what is deleted meanwhile nobody',
    sandboxed(async (repo) => {
      const subject = await anEpisodeToDiscuss(repo)
      const root = await aPerson(repo, 'Root', { email: 'root@example.com' })
      await repo.updateAll(from(Person).where({ id: root.id }), {
        admin: true,
      })
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob', false)]
      await said(repo, ada, subject, { body: 'First.' })
      const waits = await said(repo, bob, subject, { body: 'Hello @ada.' })
      assert.deepEqual(await mailed(repo), ['root@example.com: A comment waits: tides'])

      await approveComment(repo, waits, root)
      assert.deepEqual(await mailed(repo), ['ada@example.com: Bob named you in a comment: tides'])
      assert.equal((await repo.getByOrThrow(Commenter, { personId: bob.id })).standing, 'trusted')

      const gone = await said(repo, bob, subject, { body: 'Never mind, @ada.' })
      await deleteComment(repo, gone, NOW)
      assert.deepEqual(await mailed(repo), [])
    }),
  )
})
