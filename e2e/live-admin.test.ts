import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

// In a sandbox nothing is committed, and so nobody is told of it: these pages are on a site of their own.
describe('the admin area, live', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser
  let desk: BrowserContext

  before(async () => {
    browser = await openBrowser()
    site = await startSite({ sandboxes: false })
    desk = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await desk.newPage()
    await page.goto(site.signInLink)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.close()
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('shows on Today what somebody else has just done, and nobody loses their place', async () => {
    const [today, other] = [await follow(desk, `${site.url}/admin`), await desk.newPage()]
    const link = today.getByRole('link', { name: 'New post' })
    await link.focus()
    await today.evaluate(() => scrollTo(0, 120))

    await other.goto(`${site.url}/admin/posts/new`)
    await other.getByLabel('Title', { exact: true }).fill('Written Next Door')
    await other.getByRole('button', { name: 'Create draft' }).click()
    await other.getByText('The draft is there').waitFor()

    await today.getByRole('link', { name: 'Written Next Door' }).first().waitFor()
    assert.ok(await link.evaluate((one) => one === document.activeElement))
    assert.equal(await today.evaluate(() => scrollY), 120)
    await today.close()
    await other.close()
  })

  it('shows what comes of an import, on its page and in the list, and leaves a form alone', async () => {
    const [list, page] = [await follow(desk, `${site.url}/admin/import`), await desk.newPage()]
    await list.getByLabel('Address of the feed').fill('https://half.typed/')
    await list.getByLabel('Address of the feed').press('End')

    await page.goto(`${site.url}/admin/import`)
    await page.getByLabel('Address of the feed').fill(`${site.url}/local-time/feed`)
    await page.getByRole('button', { name: 'Look at the feed' }).click()
    // It lies on this machine, where nothing is fetched from: that takes a job a moment to say.
    await page.locator('.import-state').getByText('Failed', { exact: true }).waitFor()
    await list.getByText('Failed', { exact: true }).waitFor()
    const field = list.getByLabel('Address of the feed')
    assert.equal(await field.inputValue(), 'https://half.typed/')
    assert.ok(await field.evaluate((one) => one === document.activeElement))
    await list.close()
    await page.close()
  })

  it('shows what became of a recording, to who sent it and to who looks on', async () => {
    const page = await desk.newPage()
    await page.goto(`${site.url}/admin/podcasts`)
    await page.getByRole('link', { name: 'Local Time' }).first().click()
    await page.getByRole('link', { name: 'New episode' }).click()
    await page.getByLabel('Title', { exact: true }).fill('Sent While You Watch')
    await page.getByRole('button', { name: 'Create draft' }).click()
    await page.getByRole('link', { name: 'Audio and cover' }).click()
    await page.getByRole('region', { name: 'Audio', exact: true }).waitFor()
    const onlooker = await follow(desk, page.url())

    await panelOf(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.mp3', mimeType: 'audio/mpeg', buffer: await someSound(site) })

    await panelOf(page)
      .getByText(/MP3 · 1:17/)
      .waitFor()
    await panelOf(onlooker)
      .getByText(/MP3 · 1:17/)
      .waitFor()
    await page.close()
    await onlooker.close()
  })
})

const panelOf = (page: Page) => page.getByRole('region', { name: 'Audio', exact: true })

async function someSound({ url }: Site): Promise<Buffer> {
  const episode = await (await fetch(`${url}/kept-in-repair/a-piano-for-a-damp-house`)).text()
  const address = /\/uploads\/[^"]+\.mp3/.exec(episode)?.[0] ?? ''
  return Buffer.from(await (await fetch(url + address)).arrayBuffer())
}

/** Opens a page that is told when it is another. */
async function follow(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('live-parts[data-followed]').waitFor({ state: 'attached' })
  return page
}
