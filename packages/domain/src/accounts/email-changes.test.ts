import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorMessages, from, type Repo } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { JOBS } from '../jobs/index.ts'
import { type Person, getPerson } from '../people/index.ts'
import { aPerson, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  createMailedLink,
  createSignInLink,
  EmailChange,
  findEmailChange,
  findSignInLink,
  removeExpired,
  requestEmailChange,
  useEmailChange,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS)

const ask = (repo: Repo, person: Person, email: unknown, visitor = '192.0.2.7') =>
  requestEmailChange(
    repo,
    { person, visitor, page: 'https://radio.example/~/email' },
    { email },
    NOW,
  )

/** Runs the waiting jobs, and gives the mails they send. */
async function mailed(repo: Repo): Promise<readonly Message[]> {
  const sent: Message[] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
  return sent
}

async function tokenFor(repo: Repo, person: Person, email: string): Promise<string> {
  await ask(repo, person, email)
  const [mail] = await mailed(repo)
  return /\/~\/email\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

describe('another address', () => {
  it(
    'is asked whether it is one’s own, and is so by its link, once; the old one is told',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'old@example.com' })
      await ask(repo, ada, ' New@Example.com ')
      const [mail, ...more] = await mailed(repo)
      const [, token = ''] = /\/~\/email\/([\w-]+)/.exec(mail?.text ?? '') ?? []

      assert.deepEqual([mail?.to, more], ['new@example.com', []])
      assert.equal((await getPerson(repo, 'ada')).email, 'old@example.com')
      const saved = await useEmailChange(repo, ada, token, after(59))

      assert.ok(saved?.ok)
      assert.equal((await getPerson(repo, 'ada')).email, 'new@example.com')
      const [told] = await mailed(repo)
      assert.deepEqual(
        [told?.to, told?.subject],
        ['old@example.com', 'You no longer sign in to Showrunner with this address'],
      )
      assert.doesNotMatch(told?.text ?? '', /new@example/)
      assert.equal(await useEmailChange(repo, saved.value, token, after(59)), undefined)
    }),
  )

  it(
    'is a first one for who has none, and nobody is told',
    sandboxed(async (repo) => {
      const first = await aPerson(repo, 'Administrator')

      await useEmailChange(repo, first, await tokenFor(repo, first, 'me@example.com'), NOW)

      assert.equal((await getPerson(repo, 'administrator')).email, 'me@example.com')
      assert.deepEqual(await mailed(repo), [])
    }),
  )

  it(
    'ends links that were mailed to the old one',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'old@example.com' })
      const link = { email: 'old@example.com', nextPath: null }
      const { token: old } = await createMailedLink(repo, link, NOW)
      const shown = await createSignInLink(repo, ada, NOW)

      await useEmailChange(repo, ada, await tokenFor(repo, ada, 'new@example.com'), NOW)

      assert.equal(await findSignInLink(repo, old, NOW), undefined)
      assert.ok(await findSignInLink(repo, shown, NOW))
    }),
  )

  it(
    'is kept as a hash, for an hour, for who asked alone',
    sandboxed(async (repo) => {
      const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]
      const token = await tokenFor(repo, ada, 'new@example.com')

      assert.ok(!JSON.stringify(await repo.all(from(EmailChange))).includes(token))
      assert.ok(await findEmailChange(repo, ada, token, after(59)))
      assert.equal(await findEmailChange(repo, ada, token, after(60)), undefined)
      assert.equal(await useEmailChange(repo, ada, token, after(60)), undefined)
      assert.equal(await useEmailChange(repo, eve, token, NOW), undefined)
      assert.equal((await getPerson(repo, 'eve')).email, null)
      await removeExpired(repo, after(60))
      assert.equal(await repo.count(EmailChange), 0)
    }),
  )

  it(
    'that is somebody else’s is found out by its owner alone',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await aPerson(repo, 'Eve', { email: 'eve@example.com' })

      const asked = await ask(repo, ada, 'eve@example.com')
      const [mail] = await mailed(repo)
      const token = /\/~\/email\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
      const used = await useEmailChange(repo, ada, token, NOW)

      assert.equal(asked.ok, true)
      assert.ok(used && !used.ok)
      assert.deepEqual(errorMessages(used.changeset), { email: ['has already been taken'] })
      assert.equal((await getPerson(repo, 'ada')).email, null)
    }),
  )

  it(
    'has to be one, and another one',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const wrong = async (email: unknown) => {
        const asked = await ask(repo, ada, email)
        return asked.ok ? [] : errorMessages(asked.changeset)['email']
      }

      assert.deepEqual(await wrong('ada'), ['must be an e-mail address'])
      assert.deepEqual(await wrong(''), ["can't be blank"])
      assert.deepEqual(await wrong(['a@b.example']), ['is invalid'])
      assert.deepEqual(await wrong('ADA@example.com'), ['is the one you have'])
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'is not asked for without end',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      for (let count = 0; count < 5; count += 1) await ask(repo, ada, `a${count}@example.com`)

      await assert.rejects(ask(repo, ada, 'more@example.com'), { name: 'LimitError' })
    }),
  )
})
