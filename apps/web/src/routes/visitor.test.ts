import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { signedIn } from '../testing/signed-in.ts'
import { testApp } from '../testing/test-app.ts'

describe('what differs by visitor', () => {
  it(
    'is a name, and the way to work for who has some, kept by no cache',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ada = await signedIn(repo, await aPerson(repo, 'Ada <Byron>', { handle: 'ada' }))
      const boss = build(Person, { name: 'Bo', handle: 'bo', admin: true })
      const bo = await signedIn(repo, await repo.insertOrThrow(boss))

      const [hers, his] = [
        await app.inject({ url: '/~/visitor', headers: ada }),
        await app.inject({ url: '/~/visitor', headers: bo }),
      ]

      assert.match(hers.body, /<a href="\/~" dir="auto">Ada &lt;Byron&gt;<\/a>/)
      assert.doesNotMatch(hers.body, /Admin/)
      assert.match(his.body, /<a href="\/admin">Admin<\/a>/)
      assert.equal(his.headers['cache-control'], 'no-store')
    }),
  )

  it(
    'is nothing for who is not signed in, and no part of any page',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const headers = await signedIn(repo, await aPerson(repo, 'Ada Byron'))

      const nobody = await app.inject('/~/visitor')
      const [page, same] = [
        await app.inject('/about'),
        await app.inject({ url: '/about', headers }),
      ]

      assert.deepEqual([nobody.statusCode, nobody.body], [204, ''])
      assert.match(String(nobody.headers['set-cookie']), /^showrunner_visitor=; /)
      assert.equal(same.body, page.body)
      assert.match(page.body, /<li id="visitor"[^>]*><a href="\/in" rel="nofollow">Sign in<\/a>/)
    }),
  )
})
