import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo, sql } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { type Person } from '../people/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  Comment,
  CommentMail,
  DiscussionFollow,
  listUnwanted,
  MAILED_FOR,
  setStanding,
  setWanted,
  unfollowToken,
  UnwantedCommentMail,
  writeComment,
} from './index.ts'
import { sendCommentMail } from './send-comment-mails.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

async function aWriter(repo: Repo, name: string): Promise<Person> {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  await setStanding(repo, person.id, 'trusted', person)
  return person
}

/** Ada has a page and said something; Bob answers her, and names her. */
async function anAnswer(repo: Repo) {
  const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'tides' })
  const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
  await aPost(repo, ada, { publishedAt: NOW })
  const write = async (by: Person, body: string, parentId: number | null = null) => {
    const said = { subject: { of: 'episode', id: episode.id } as const, parentId, params: { body } }
    const saved = await writeComment(repo, by, said, NOW)
    assert.ok(saved.ok)
    return saved.value.id
  }
  const first = await write(ada, 'High water is at noon.')
  await mailed(repo)
  const answer = async () => write(bob, 'Is it, @ada?', first)
  return { ada, answer }
}

async function mailed(repo: Repo): Promise<readonly Message[]> {
  await repo.run(
    sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now())`,
  )
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  return sent
}

const subjects = (sent: readonly Message[]) => sent.map(({ subject }) => subject)

describe('mails of comments that somebody does not want', () => {
  it(
    'are kept by kind, each once, and no other is changed',
    sandboxed(async (repo) => {
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      assert.deepEqual([...(await listUnwanted(repo, ada.id))], [])

      await setWanted(repo, ada.id, ['reply'], false)
      await setWanted(repo, ada.id, ['reply', 'mention'], false)
      assert.deepEqual(
        (await repo.all(from(UnwantedCommentMail))).map(({ personId, why }) => [personId, why]),
        [
          [ada.id, 'reply'],
          [ada.id, 'mention'],
        ],
      )
      await setWanted(repo, ada.id, ['reply'], true)
      assert.deepEqual([...(await listUnwanted(repo, ada.id))], ['mention'])
      assert.deepEqual([...(await listUnwanted(repo, bob.id))], [])
    }),
  )

  it(
    'are not written: one that answers is mailed for the next reason there is, or not at all',
    sandboxed(async (repo) => {
      const { ada, answer } = await anAnswer(repo)
      const of = async (unwanted: readonly (typeof MAILED_FOR)[number][]) => {
        await setWanted(repo, ada.id, MAILED_FOR, true)
        await setWanted(repo, ada.id, unwanted, false)
        await repo.deleteAll(from(Comment).where('parentId', 'is not', null))
        await answer()
        return subjects(await mailed(repo))
      }

      assert.deepEqual(await of([]), ['Bob answered you: tides'])
      assert.deepEqual(await of(['reply']), ['Bob named you in a comment: tides'])
      assert.deepEqual(await of(['reply', 'mention']), ['Bob wrote a comment: tides'])
      assert.deepEqual(await of(['mention', 'discussion']), ['Bob answered you: tides'])
      assert.deepEqual(await of(MAILED_FOR), [])
      assert.equal(await repo.count(from(CommentMail).where('sentAt', 'is', null)), 0)
    }),
  )

  it(
    'are not sent when they were switched off after they were written',
    sandboxed(async (repo) => {
      const { ada, answer } = await anAnswer(repo)
      const commentId = await answer()
      const { id: followId } = await repo.getByOrThrow(DiscussionFollow, { personId: ada.id })
      await repo.insertAll(CommentMail, [{ commentId, followId, why: 'reply' }])
      const [written] = await repo.all(from(CommentMail))
      await repo.run(sql`delete from graphile_worker._private_jobs`)
      await setWanted(repo, ada.id, MAILED_FOR, false)

      const sent: Message[] = []
      const parts = partsOfJobs(repo, { asOf: NOW, sent })
      await sendCommentMail(parts, written?.id ?? 0)
      assert.deepEqual(sent, [])
      await setWanted(repo, ada.id, ['discussion'], true)
      await sendCommentMail(parts, written?.id ?? 0)
      assert.deepEqual(subjects(sent), ['Bob wrote a comment: tides'])
    }),
  )

  it(
    'say by their link which they are, and how to end those of this discussion',
    sandboxed(async (repo) => {
      const { ada, answer } = await anAnswer(repo)
      await answer()
      const [mail] = await mailed(repo)
      const theirs = await repo.getByOrThrow(DiscussionFollow, { personId: ada.id })
      const token = await unfollowToken(repo, theirs)
      assert.match(mail?.unsubscribeUrl ?? '', new RegExp(`/unfollow/${token}/reply$`))
      for (const said of ['No more mails when somebody answers me', `/unfollow/${token}\n`])
        assert.ok(mail?.text.includes(said), `${said} in ${mail?.text}`)
    }),
  )
})
