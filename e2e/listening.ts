import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Page } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { visit, type Visitor } from './visit.ts'

declare global {
  // What the site plays with, as the browser knows it: the element need not be in the page.
  var sounding: HTMLAudioElement | undefined
  // Where it was when it was last told to play.
  var begunAt: number | undefined
}

export function listeningJourneys(): void {
  describe('listening', { skip: withoutBrowser }, () => {
    it(
      'plays an episode found on the front page, and plays on while the listener moves through the site',
      visit(async (visitor) => {
        const page = await openEpisode(visitor)

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
      }),
    )

    it(
      'goes to a chapter when its line is pressed',
      visit(async (visitor) => {
        const page = await openEpisode(visitor)
        const chapter = page.locator('.chapters li').nth(1)
        const wanted = Number(await chapter.getAttribute('data-at'))

        await chapter.locator('a').first().click()
        const { at } = await heard(page, wanted)

        assert.ok(wanted > 0)
        assert.ok(at < wanted + 20)
      }),
    )

    it(
      'goes to a moment that the notes lead to',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser()).newPage()
        await page.addInitScript(noticeSound)
        await page.goto(`${site.url}/local-time/nobody-owns-the-tide-table`)

        await page.locator('#notes-text').getByRole('link', { name: 'asked whose table' }).click()
        const { at } = await heard(page, 62)

        assert.ok(at < 73)
        assert.equal(new URL(page.url()).hash, '#t=1:02')
      }),
    )

    it(
      'has the browser’s own player where there is no JavaScript',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
        await page.goto(site.url)

        await page.locator('main h2 a, main h3 a').first().click()

        const audio = page.locator('audio')
        assert.equal(await audio.getAttribute('preload'), 'none')
        assert.ok(await audio.isVisible())
      }),
    )
  })
}

export async function openEpisode({ site, openBrowser }: Visitor): Promise<Page> {
  const page = await (await openBrowser()).newPage()
  await page.addInitScript(noticeSound)
  await page.goto(site.url)
  await page.locator('main h2 a, main h3 a').first().click()
  await page.locator('show-player').waitFor()
  return page
}

/** Lets tests know what sounds: an init script. */
export function noticeSound(): void {
  const play = Reflect.get(HTMLMediaElement.prototype, 'play')
  HTMLMediaElement.prototype.play = function (this: HTMLAudioElement) {
    globalThis.sounding = this
    globalThis.begunAt = this.currentTime
    return play.call(this)
  }
}

/** Waits until sound is heard later than `seconds` into the audio, and says what and where. */
export async function heard(
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
