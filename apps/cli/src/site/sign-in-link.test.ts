import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as accounts from '@showrunner/domain/accounts'
import { signInLink } from './sign-in-link.ts'
import { sandboxed } from '@showrunner/domain/testing'

const HERE = 'https://podcasts.example'

describe('signInLink', () => {
  it(
    'signs the first administrator in, once',
    sandboxed(async (repo) => {
      const link = await signInLink(repo, { NODE_ENV: 'production' }, HERE)

      const token = /^https:\/\/podcasts\.example\/in\/(\S+)$/.exec(link ?? '')?.[1] ?? ''
      const signedIn = await accounts.signIn(repo, token, new Date())
      assert.equal(signedIn?.person.admin, true)
      assert.equal(await accounts.signIn(repo, token, new Date()), undefined)
    }),
  )

  it(
    'is not given in production any more when that has happened',
    sandboxed(async (repo) => {
      const link = await signInLink(repo, { NODE_ENV: 'production' }, HERE)
      await accounts.signIn(repo, link?.split('/').at(-1) ?? '', new Date())

      assert.equal(await signInLink(repo, { NODE_ENV: 'production' }, HERE), undefined)
      assert.match((await signInLink(repo, { NODE_ENV: 'development' }, HERE)) ?? '', /\/in\//)
    }),
  )
})
