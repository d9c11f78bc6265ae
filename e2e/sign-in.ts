import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutBrowser } from './browser.ts'
import { visit } from './visit.ts'

export function signInJourneys(): void {
  describe('signing in', { skip: withoutBrowser }, () => {
    it(
      'takes the printed link and a press of the button, once; looking at the link spends nothing',
      visit(async ({ site, fetch, openBrowser }) => {
        await fetch(site.signInLink)
        const context = await openBrowser()
        const page = await context.newPage()
        await page.goto(site.signInLink)

        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('heading', { name: 'Today' }).waitFor()

        const [cookie] = await context.cookies()
        assert.ok(cookie?.httpOnly)
        assert.equal(cookie.sameSite, 'Lax')
        const second = await fetch(site.signInLink, {
          method: 'POST',
          redirect: 'manual',
          headers: { origin: site.url },
        })
        assert.equal(second.status, 410)
        assert.equal(second.headers.get('set-cookie'), null)

        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.getByText('You are not signed in').waitFor()
        assert.deepEqual(await context.cookies(), [])
      }),
    )

    it(
      'leaves the link as it was for who comes after: each journey is undone',
      visit(async ({ site, fetch }) => {
        const page = await (await fetch(site.signInLink)).text()
        assert.match(page, /<button[^>]*>Sign in/)
      }),
    )
  })
}
