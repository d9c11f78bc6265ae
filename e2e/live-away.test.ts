import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { Door } from './door.ts'
import { deskOf, follow, retitle, signIn, TITLE } from './live-desk.ts'
import { siteFolder, startSite, type Site } from './site.ts'

const OTHER_TITLE = 'A Piano for a Dry House'
/** What a tab that nobody looks at waits before it leaves. */
const HIDDEN_MS = 3 * 60_000

// What is committed is told: these sites have no sandboxes.
describe('an open page', { skip: withoutBrowser }, () => {
  let site: Site
  let second: Site
  let browser: Browser
  let editor: Page
  let desk: string
  let folder: string
  const door = new Door()

  before(async () => {
    browser = await openBrowser()
    folder = await siteFolder()
    const publicUrl = await door.open()
    site = await startSite({ sandboxes: false, folder, publicUrl })
    door.leadTo(site.port)
    editor = await signIn(site, browser)
    desk = await deskOf(editor, site)
  })
  after(async () => {
    await browser?.close()
    await second?.stop()
    await door.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('catches up after its tab was frozen', async () => {
    const context = await browser.newContext()
    const [page, beside] = [
      await follow(context, `${site.url}/`),
      await follow(await browser.newContext(), `${site.url}/`),
    ]
    const devtools = await context.newCDPSession(page)

    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await retitle(editor, desk, OTHER_TITLE)
    await beside.getByText(OTHER_TITLE).first().waitFor()
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })

    await page.getByText(OTHER_TITLE).first().waitFor()
    await retitle(editor, desk, TITLE)
    await page.getByText(TITLE).first().waitFor()
    await context.close()
  })

  it('leaves when nobody has looked at it for minutes, and catches up when somebody does', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.clock.install()
    const left = new Promise<void>((resolve) => {
      page.on('websocket', (socket) => socket.on('close', () => resolve()))
    })
    const connected = page.waitForEvent('websocket')
    await page.goto(`${site.url}/`)
    await connected
    await look(page, 'hidden')
    await page.clock.fastForward(HIDDEN_MS + 1_000)
    await left

    await retitle(editor, desk, OTHER_TITLE)
    assert.equal(await page.getByText(OTHER_TITLE).count(), 0)
    await look(page, 'visible')

    await page.getByText(OTHER_TITLE).first().waitFor()
    await retitle(editor, desk, TITLE)
    await context.close()
  })

  it('is followed by another node when its own is replaced', async () => {
    const context = await browser.newContext()
    const page = await follow(context, `${site.url}/`)
    second = await startSite({ sandboxes: false, folder, publicUrl: site.url })
    const back = page.waitForEvent('websocket')
    // It takes the database over.
    const hearsAgain = second.says('The connection that hears changes is back.')

    door.leadTo(second.port)
    await site.stop()
    await Promise.all([back, hearsAgain])
    await retitle(editor, desk, OTHER_TITLE)

    await page.getByText(OTHER_TITLE).first().waitFor()
    await context.close()
  })
})

async function look(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
