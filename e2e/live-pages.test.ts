import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { heard, noticeSound } from './listening.ts'
import { startSite, type Site } from './site.ts'

const NEWEST = '/local-time/nobody-owns-the-tide-table'
const TITLE = 'Nobody Owns the Tide Table'

// In a sandbox nothing is committed, and so nobody is told of it: these pages are on a site of their own.
describe('live pages', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser
  let editor: Page

  before(async () => {
    browser = await openBrowser()
    site = await startSite({ sandboxes: false })
    editor = await signIn(site, browser)
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('show what an editor publishes, everywhere at once, and nobody loses their place', async (t) => {
    const desk = await deskOf(editor, site)
    const listener = await browser.newContext()
    const previous = await previousTo(listener, site)
    await unpublish(editor, desk)
    const [home, podcast, episode] = [
      await follow(listener, `${site.url}/`),
      await follow(listener, `${site.url}/local-time`),
      await follow(listener, site.url + previous),
    ]
    for (const page of [home, podcast, episode]) {
      assert.equal(await page.getByText(TITLE).count(), 0)
    }
    await episode.locator('show-player').getByRole('button', { name: 'Play' }).click()
    const sounding = await heard(episode, 0.2)
    await episode.getByText('Chapters', { exact: true }).first().click({ clickCount: 3 })
    await podcast.getByLabel(/mail/i).fill('ada@home.example')
    const link = home.locator('#lines li').nth(1).locator('h3 a')
    await link.focus()
    const focused = await link.getAttribute('href')
    await home.evaluate(() => scrollTo(0, 300))

    const since = await publish(editor, desk)
    for (const page of [home, podcast, episode]) {
      await page.getByText(TITLE).first().waitFor({ state: 'attached' })
    }
    t.diagnostic(`shown in three tabs ${Date.now() - since} ms after the press`)

    assert.equal(await home.locator('#lead h2').innerText(), TITLE)
    assert.equal(await home.evaluate(() => document.activeElement?.getAttribute('href')), focused)
    assert.ok((await home.evaluate(() => scrollY)) > 0)
    assert.equal(await podcast.locator('#lines-0 li h3').first().innerText(), TITLE)
    assert.equal(await podcast.getByLabel(/mail/i).inputValue(), 'ada@home.example')
    assert.equal(await episode.locator('#turn .next').getAttribute('href'), NEWEST)
    assert.equal(await episode.evaluate(() => String(getSelection()).trim()), 'Chapters')
    const { at, src } = await heard(episode, sounding.at + 0.5)
    assert.ok(at > sounding.at)
    assert.equal(src, sounding.src)
    await listener.close()
  })
})

async function signIn(site: Site, browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(site.signInLink)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  return page
}

/** The address of the newest episode in the admin area. */
async function deskOf(editor: Page, site: Site): Promise<string> {
  await editor.goto(`${site.url}/admin/podcasts`)
  await editor.getByRole('link', { name: 'Local Time' }).first().click()
  await editor.getByRole('link', { name: TITLE }).first().click()
  await editor.getByRole('link', { name: 'Publish', exact: true }).waitFor()
  return editor.url().replace(/\/edit$/, '')
}

async function unpublish(editor: Page, desk: string): Promise<void> {
  await editor.goto(`${desk}/publish`)
  await editor.getByText('Unpublish', { exact: true }).first().click()
  await editor.getByRole('button', { name: 'Unpublish' }).click()
  await editor.getByText('Nobody but you').waitFor()
}

async function publish(editor: Page, desk: string): Promise<number> {
  await editor.goto(`${desk}/publish`)
  const button = editor.getByRole('button', { name: /^Publish/ }).first()
  await button.waitFor()
  const since = Date.now()
  await button.click()
  return since
}

async function previousTo(listener: BrowserContext, site: Site): Promise<string> {
  const page = await listener.newPage()
  await page.goto(site.url + NEWEST)
  const href = await page.locator('#turn .previous').getAttribute('href')
  await page.close()
  return href ?? ''
}

/** Opens a page that is followed: the server knows that it is open. */
async function follow(listener: BrowserContext, address: string): Promise<Page> {
  const page = await listener.newPage()
  await page.addInitScript(noticeSound)
  const joined = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (/"page:.*"phx_reply".*"ok"/.test(String(payload))) resolve()
      })
    })
  })
  await page.goto(address)
  await joined
  return page
}
