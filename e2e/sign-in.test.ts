import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

describe('signing in', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser

  before(async () => {
    browser = await openBrowser()
    site = await startSite()
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('takes the printed link and a press of the button, once; looking at the link spends nothing', async () => {
    await fetch(site.signInLink)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(site.signInLink)

    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('You are signed in as').waitFor()

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
    await context.close()
  })
})
