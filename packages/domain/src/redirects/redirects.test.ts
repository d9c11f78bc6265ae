import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { sandboxed } from '../testing/index.ts'
import { createRedirect, findRedirect, updateRedirect } from './index.ts'

async function redirect(repo: Repo, path: string, target: string | null, status = 301) {
  return createRedirect(repo, { path, target: target ?? '', status: String(status) })
}

describe('a redirect', () => {
  it(
    'leads from an old address, however it is written',
    sandboxed(async (repo) => {
      await redirect(repo, 'https://old.example/Shows/Über uns/?x=1#y', '/about')

      const known = { status: 301, target: '/about' }
      assert.deepEqual(await findRedirect(repo, '/Shows/%C3%9Cber%20uns'), known)
      assert.deepEqual(await findRedirect(repo, '/Shows/%C3%9Cber%20uns/?y=2'), known)
      assert.equal(await findRedirect(repo, '/shows'), undefined)
    }),
  )

  it(
    'leads from all that lies below one, the rest with it; the longest that fits decides',
    sandboxed(async (repo) => {
      await redirect(repo, '/shows/*', '/local-time/*', 302)
      await redirect(repo, '/shows/special/*', 'https://special.example/')
      await redirect(repo, '/shows/one', null, 410)

      assert.deepEqual(await findRedirect(repo, '/shows/a/b'), {
        status: 302,
        target: '/local-time/a/b',
      })
      assert.deepEqual(await findRedirect(repo, '/shows/special/x'), {
        status: 301,
        target: 'https://special.example/',
      })
      assert.deepEqual(await findRedirect(repo, '/shows/one'), { status: 410, target: null })
      assert.equal(await findRedirect(repo, '/shows'), undefined)
    }),
  )

  it(
    'leads to no other site than it says',
    sandboxed(async (repo) => {
      await redirect(repo, '/old/*', '/*')

      for (const sly of ['/old//evil.example', '/old/\\evil.example', '/old///evil.example/']) {
        assert.deepEqual(await findRedirect(repo, sly), { status: 301, target: '/evil.example' })
      }
    }),
  )

  it(
    'is refused where it leads nowhere, round and round, or from an address that has one',
    sandboxed(async (repo) => {
      await redirect(repo, '/a', '/b')
      const refused = async (...asked: Parameters<typeof redirect>) => {
        const saved = await redirect(...asked)
        assert.ok(!saved.ok, asked[1])
        return Object.keys(saved.changeset.errors)
      }

      assert.deepEqual(await refused(repo, '/b', '/a'), ['target'])
      assert.deepEqual(await refused(repo, '/c', '/c/'), ['target'])
      assert.deepEqual(await refused(repo, '/d/*', '/d/e/*'), ['target'])
      assert.deepEqual(await refused(repo, '/e/*', '/e/f'), ['target'])
      assert.deepEqual(await refused(repo, '/a', '/z'), ['path'])
      assert.deepEqual(await refused(repo, '/f', null), ['target'])
      assert.deepEqual(await refused(repo, '/f', '/g', 410), ['target'])
      assert.deepEqual(await refused(repo, '/f', '//evil.example'), ['target'])
      assert.deepEqual(await refused(repo, '/f', 'javascript:alert(1)'), ['target'])
      assert.deepEqual(await refused(repo, '/f', '/g/*'), ['target'])
      assert.deepEqual(await refused(repo, '/', '/g'), ['path'])
      assert.deepEqual(await refused(repo, '/*', '/g'), ['path'])
      assert.deepEqual(await refused(repo, '/f', '/g', 200), ['status'])
      assert.ok((await redirect(repo, '/h', '/a')).ok, 'what leads on to an end is none')
    }),
  )

  it(
    'can be changed to what it says already, and not into a circle',
    sandboxed(async (repo) => {
      const first = await redirect(repo, '/a', '/b')
      await redirect(repo, '/b', '/c')
      assert.ok(first.ok)
      const version = { lockVersion: '1' }

      const same = await updateRedirect(repo, first.value, { target: '/b', ...version })
      assert.ok(same.ok)
      const round = await updateRedirect(repo, same.value, { path: '/c', ...version })

      assert.ok(!round.ok)
    }),
  )
})
