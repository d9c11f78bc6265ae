import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPerson, findPerson, Person, updatePerson } from '../people/index.ts'
import { aPerson, sandboxed, testDatabase } from '../testing/index.ts'
import {
  createMailedLink,
  createSignInLink,
  findSignInLink,
  firstAdministrator,
  Session,
  signIn,
  signInByAddress,
  SignInLink,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS)
const ADA = { email: 'ada@example.com' }

describe('a sign-in link', () => {
  it(
    'signs its person in, once',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron')
      const token = await createSignInLink(repo, ada, NOW)
      assert.equal((await findSignInLink(repo, token, NOW))?.person?.name, 'Ada Byron')

      const signedIn = await signIn(repo, token, NOW, { userAgent: 'Firefox' })

      assert.equal(signedIn?.person.handle, 'ada-byron')
      assert.deepEqual(signedIn?.person.signedInAt, NOW)
      assert.equal(await findSignInLink(repo, token, NOW), undefined)
      assert.equal(await signIn(repo, token, NOW), undefined)
      assert.equal(await repo.count(Session), 1)
    }),
  )

  it(
    'runs out: after half an hour when it was shown, after a quarter when it was mailed',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron', ADA)
      const shown = await createSignInLink(repo, ada, NOW)
      const { token: mailed } = await createMailedLink(repo, { ...ADA, nextPath: null }, NOW)

      assert.equal(await signIn(repo, shown, after(30)), undefined)
      assert.equal(await signIn(repo, mailed, after(15)), undefined)
      assert.equal(await repo.count(Session), 0)
      assert.ok(await signIn(repo, shown, after(29)))
      assert.ok(await signIn(repo, mailed, after(14)))
    }),
  )

  it(
    'is nowhere in the database, and neither is the session',
    sandboxed(async (repo) => {
      const token = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)
      const signedIn = await signIn(repo, token, NOW)

      const kept = JSON.stringify([await repo.all(SignInLink), await repo.all(Session)])

      assert.ok(token.length >= 22 && (signedIn?.token.length ?? 0) >= 22)
      assert.ok(!kept.includes(token) && !kept.includes(signedIn?.token ?? ''))
      assert.equal(await signIn(repo, (await repo.all(SignInLink))[0]!.tokenHash, NOW), undefined)
    }),
  )

  it('lets one of many in who use it at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const token = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)

    const tries = await Promise.all([1, 2, 3, 4].map(() => signIn(repo, token, NOW)))

    assert.equal(tries.filter((signedIn) => signedIn !== undefined).length, 1)
    assert.equal(await repo.count(Session), 1)
  })

  it(
    'leads back to the page that was wanted',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron', ADA)
      const { token } = await createMailedLink(repo, { ...ADA, nextPath: '/~/sessions' }, NOW)

      assert.equal((await signIn(repo, token, NOW))?.nextPath, '/~/sessions')
    }),
  )

  it(
    'lets nobody in whose address was another when it was mailed',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron', ADA)
      const { token } = await createMailedLink(repo, { ...ADA, nextPath: null }, NOW)
      await updatePerson(repo, ada, { email: 'ada@new.example' })

      assert.equal(await findSignInLink(repo, token, NOW), undefined)
      assert.equal(await signIn(repo, token, NOW), undefined)
      assert.equal(await repo.count(Session), 0)
    }),
  )
})

describe('a link mailed to an address that is nobody’s', () => {
  it(
    'makes a member when it is used, and nobody before',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron')
      const { token, person } = await createMailedLink(repo, { ...ADA, nextPath: null }, NOW)
      assert.equal(person, undefined)
      assert.equal(await repo.count(Person), 1)

      const signedIn = await signIn(repo, token, NOW, { name: ' Ada\r\nByron ' })

      const { name, handle, email, admin, editor, host } = signedIn!.person
      assert.deepEqual(
        { name, handle, email, admin, editor, host },
        {
          name: 'Ada Byron',
          handle: 'ada-byron-2',
          ...ADA,
          admin: false,
          editor: false,
          host: false,
        },
      )
    }),
  )

  it(
    'takes the address for a name where none is given, whatever letters it has',
    sandboxed(async (repo) => {
      const nameOf = async (email: string, name?: string) => {
        const { person } = await signInByAddress(repo, { emails: [email], name }, NOW)
        return [person.name, person.handle]
      }

      assert.deepEqual(await nameOf('grace.hopper@example.com'), ['grace.hopper', 'grace-hopper'])
      assert.deepEqual(await nameOf('x@example.com', '李小龙'), ['李小龙', 'member'])
      assert.deepEqual(await nameOf('y@example.com', '王菲'), ['王菲', 'member-2'])
      assert.equal((await nameOf('z@example.com', 'x'.repeat(900)))[0]?.length, 255)
    }),
  )

  it(
    'is not needed by who is vouched for by several: it is whoever has one of them',
    sandboxed(async (repo) => {
      const { id } = await aPerson(repo, 'Ada Byron', ADA)
      const emails = ['new@example.com', 'ada@example.com']

      assert.equal((await signInByAddress(repo, { emails }, NOW)).person.id, id)
      assert.equal(await repo.count(Person), 1)
    }),
  )

  it(
    'signs in who has got the address in the meantime',
    sandboxed(async (repo) => {
      const { token } = await createMailedLink(repo, { ...ADA, nextPath: null }, NOW)
      await createPerson(repo, { name: 'Ada', handle: 'ada', ...ADA })

      const signedIn = await signIn(repo, token, NOW, { name: 'Somebody' })

      assert.equal(signedIn?.person.id, (await findPerson(repo, 'ada'))?.id)
      assert.equal(await repo.count(Person), 1)
    }),
  )
})

describe('firstAdministrator', () => {
  it(
    'makes one when there is none, and finds that one again',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron')
      await aPerson(repo, 'Administrator')

      const made = await firstAdministrator(repo)

      assert.equal(made.admin, true)
      assert.equal((await firstAdministrator(repo)).id, made.id)
    }),
  )
})
