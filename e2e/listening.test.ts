import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

/** Where the sound is, in seconds, and whether it is moving. */
const sound = (page: Page) =>
  page.evaluate(() => {
    const audio = [...document.querySelectorAll('audio')].find(({ paused }) => !paused)
    return audio ? { at: audio.currentTime, src: audio.currentSrc } : undefined
  })

const untilPlaying = (page: Page, after = 0) =>
  page.waitForFunction(
    (after) =>
      [...document.querySelectorAll('audio')].some(
        (audio) => !audio.paused && audio.currentTime > after,
      ),
    after,
  )

describe('listening', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser

  before(async () => {
    ;[site, browser] = await Promise.all([startSite(), openBrowser()])
  })
  after(async () => {
    await browser.close()
    await site.stop()
  })

  async function openEpisode(): Promise<Page> {
    const page = await browser.newPage()
    await page.goto(site.url)
    await page.locator('main h2 a, main h3 a').first().click()
    await page.locator('show-player').waitFor()
    return page
  }

  it('plays an episode found on the front page, and plays on while the listener moves through the site', async () => {
    const page = await openEpisode()

    await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
    await untilPlaying(page, 0.2)
    const before = await sound(page)
    await page
      .getByRole('navigation', { name: 'Site' })
      .getByRole('link', { name: 'About' })
      .click()
    await page.waitForURL('**/about')
    await untilPlaying(page, (before?.at ?? 0) + 0.2)

    assert.equal((await sound(page))?.src, before?.src)
    assert.match(before?.src ?? '', /\.mp3$/)
    await page.close()
  })

  it('goes to a chapter when its line is pressed', async () => {
    const page = await openEpisode()
    const chapter = page.locator('.chapters li').nth(1)
    const wanted = Number(await chapter.getAttribute('data-at'))

    await chapter.locator('a').first().click()
    await untilPlaying(page, wanted)

    assert.ok(wanted > 0)
    assert.ok(((await sound(page))?.at ?? 0) < wanted + 20)
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
