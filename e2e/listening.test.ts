import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

declare global {
  // What the site plays with, as the browser knows it: the element need not be in the page.
  var sounding: HTMLAudioElement | undefined
}

function noticeSound(): void {
  const play = Reflect.get(HTMLMediaElement.prototype, 'play')
  HTMLMediaElement.prototype.play = function (this: HTMLAudioElement) {
    globalThis.sounding = this
    return play.call(this)
  }
}

/** Waits until sound is heard later than `seconds` into the audio, and says what and where. */
async function heard(
  page: Page,
  seconds = 0,
): Promise<{ readonly at: number; readonly src: string }> {
  await page.waitForFunction(
    (after) => globalThis.sounding?.paused === false && globalThis.sounding.currentTime > after,
    seconds,
  )
  return page.evaluate(() => ({
    at: globalThis.sounding?.currentTime ?? 0,
    src: globalThis.sounding?.currentSrc ?? '',
  }))
}

describe('listening', { skip: withoutBrowser }, () => {
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

  async function openEpisode(): Promise<Page> {
    const page = await browser.newPage()
    await page.addInitScript(noticeSound)
    await page.goto(site.url)
    await page.locator('main h2 a, main h3 a').first().click()
    await page.locator('show-player').waitFor()
    return page
  }

  it('plays an episode found on the front page, and plays on while the listener moves through the site', async () => {
    const page = await openEpisode()

    await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
    const before = await heard(page, 0.2)
    await page
      .getByRole('navigation', { name: 'Site' })
      .getByRole('link', { name: 'About' })
      .click()
    await page.waitForURL('**/about')
    const after = await heard(page, before.at + 0.2)

    assert.equal(after.src, before.src)
    assert.match(before.src, /\.mp3$/)
    await page.close()
  })

  it('goes to a chapter when its line is pressed', async () => {
    const page = await openEpisode()
    const chapter = page.locator('.chapters li').nth(1)
    const wanted = Number(await chapter.getAttribute('data-at'))

    await chapter.locator('a').first().click()
    const { at } = await heard(page, wanted)

    assert.ok(wanted > 0)
    assert.ok(at < wanted + 20)
    await page.close()
  })

  it('has the browser’s own player where there is no JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(site.url)

    await page.locator('main h2 a, main h3 a').first().click()

    const audio = page.locator('audio')
    assert.equal(await audio.getAttribute('preload'), 'none')
    assert.ok(await audio.isVisible())
    await context.close()
  })
})
