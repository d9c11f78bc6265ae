import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import {
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { isSound } from './is-sound.ts'
import { heard, noticeSound } from './listening.ts'
import { visit, type Visitor } from './visit.ts'

/** With six chapters, links and a picture. */
const BRIDGE = '/kept-in-repair/the-bridge-is-never-finished'
const TRAILER = '/kept-in-repair/before-it-breaks'
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const

export function deckJourneys(): void {
  describe('the deck', { skip: withoutBrowser }, () => {
    it(
      'takes over what is heard, with its chapter, until it is closed',
      visit(async (visitor) => {
        const page = await open(visitor, BRIDGE)
        const chapter = page.locator('.chapters li').nth(2)
        const chapters = await page.locator('.chapters li').count()
        const title = await chapter.locator('.what').textContent()
        await chapter.locator('a.at').click()
        await heard(page)
        await page.getByRole('link', { name: 'About' }).first().click()
        await page.waitForURL('**/about')

        const deck = deckOf(page)
        await deck.getByText('The Bridge Is Never Finished').waitFor()
        await deck.locator('.of', { hasText: title ?? '' }).waitFor()
        assert.equal(await deck.locator('.tick').count(), chapters)
        assert.match((await sessionOf(page)).title, /The Bridge/)
        await isSound(page)
        await deck.getByRole('button', { name: 'Close' }).click()
        await deck.waitFor({ state: 'hidden' })
        await isQuiet(page)
        await page.reload()
        await page.locator('h1').waitFor()
        assert.equal(await deck.isVisible(), false)
      }),
    )

    it(
      'goes on where it was, at the speed and as loud as it was, after the page is loaded anew',
      visit(async (visitor) => {
        const page = await open(visitor, `${BRIDGE}?t=20s`)
        const player = page.locator('show-player')
        await player.getByLabel('Speed').selectOption('1.5')
        await player.getByRole('button', { name: 'Play' }).click()
        const { at } = await heard(page, 20)
        assert.equal(await begunAt(page), 20)
        assert.equal(await page.evaluate(() => globalThis.sounding?.playbackRate), 1.5)
        await player.getByRole('slider', { name: 'Volume' }).fill('40')
        await player.getByRole('button', { name: 'Pause' }).click()

        await page.goto(`${visitor.site.url}/about`)
        const deck = deckOf(page)
        await deck.getByRole('button', { name: 'Play' }).click()
        await heard(page, at)
        assert.equal(await deck.getByLabel('Speed').inputValue(), '1.5')
        assert.equal(await page.evaluate(() => globalThis.sounding?.playbackRate), 1.5)
        assert.equal(await page.evaluate(() => globalThis.sounding?.volume), 0.4)
        await deck.getByRole('button', { name: 'Pause' }).click()

        // A link to a moment is meant, even of what was left elsewhere.
        await page.goto(`${visitor.site.url}${BRIDGE}#t=0:05`)
        await page.locator('show-deck .bar').waitFor({ state: 'attached' })
        await player.getByRole('button', { name: 'Play' }).click()
        await heard(page, 5)
        assert.equal(await begunAt(page), 5)
      }),
    )

    it(
      'is steered by keys, but not from where somebody writes, and not where they are told to stay in the player',
      visit(async (visitor) => {
        const page = await open(visitor, BRIDGE)
        await page.keyboard.press('k')
        await heard(page, 0.2)
        await page.keyboard.press('n')
        const second = Number(await page.locator('.chapters li').nth(1).getAttribute('data-at'))
        await heard(page, second)
        await page.keyboard.press('ArrowRight')
        await heard(page, second + 15)
        await page.keyboard.press('>')
        await page.waitForFunction(() => globalThis.sounding?.playbackRate === 1.1)
        await page.keyboard.press('m')
        await page.waitForFunction(() => globalThis.sounding?.muted === true)

        await page.locator('.share summary').click()
        await page.getByLabel('Link to this moment').focus()
        await page.keyboard.press('k')
        await page.keyboard.press('m')
        await page.locator('h1').click()
        await page.keyboard.press('Control+m')
        assert.equal(await page.evaluate(() => globalThis.sounding?.muted), true)
        await heard(page)

        // So that it does not end before the rest of this is done.
        await page.evaluate(() => {
          if (globalThis.sounding) globalThis.sounding.currentTime = 0
        })
        await page.keyboard.press('?')
        const keys = page.getByRole('dialog', { name: 'Keys' })
        await keys.getByText('Slower or faster').waitFor()
        await isSound(page)
        await keys.getByLabel('On the whole page').uncheck()
        await page.keyboard.press('Escape')
        await keys.waitFor({ state: 'hidden' })
        await page.locator('h1').click()
        await page.keyboard.press('k')
        await heard(page)
        await page.locator('show-player').getByRole('button', { name: 'Forward' }).focus()
        await page.keyboard.press('k')
        await isQuiet(page)
      }),
    )

    it(
      'plays the queue by itself, in the order it was put into, also after the page was loaded anew',
      visit(async (visitor) => {
        const page = await open(visitor, '/')
        const rows = page.locator('.rundown [data-enqueue]')
        for (const at of [0, 1, 2]) {
          await rows.nth(at).click()
          await page
            .locator('.rundown [data-enqueue]')
            .nth(at)
            .and(page.locator('[aria-pressed=true]'))
            .waitFor()
        }
        const deck = deckOf(page)
        await deck.getByRole('button', { name: /^Queue/ }).click()
        const queue = page.getByRole('dialog', { name: 'Up next' })
        const titles = queue.locator('li .title')
        const [first = '', second = '', third = ''] = await titles.allTextContents()
        await queue.getByRole('button', { name: `Later: ${first}` }).press('Alt+ArrowDown')
        assert.deepEqual(await titles.allTextContents(), [second, first, third])
        await queue.getByRole('button', { name: `Remove: ${third}` }).click()
        assert.deepEqual(await titles.allTextContents(), [second, first])
        await isSound(page)

        await page.reload()
        await deck.getByRole('link', { name: second }).waitFor()
        await deck.getByRole('button', { name: 'Play' }).click()
        const { src } = await heard(page, 0.2)
        await page.evaluate(() => {
          const { sounding } = globalThis
          if (sounding) sounding.currentTime = sounding.duration - 0.5
        })
        await deck.getByRole('link', { name: first }).waitFor()
        const next = await heard(page, 0.2)
        assert.notEqual(next.src, src)
        await deck.getByRole('button', { name: /^Queue/ }).click()
        await queue.getByText('Nothing is waiting').waitFor()
      }),
    )

    it(
      'falls silent at the end of a chapter',
      visit(async (visitor) => {
        const page = await open(visitor, TRAILER)
        const end = Number(await page.locator('.chapters li').nth(1).getAttribute('data-at'))
        await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
        await heard(page, 0.2)
        await page.locator('show-player').getByRole('button', { name: 'Sleep timer' }).click()
        const sheet = page.getByRole('dialog', { name: 'Fall silent' })
        await isSound(page)
        await sheet.getByRole('button', { name: 'At the end of the chapter' }).click()
        await page.evaluate((to) => {
          if (globalThis.sounding) globalThis.sounding.currentTime = to
        }, end - 1)

        await isQuiet(page)
        const at = await page.evaluate(() => globalThis.sounding?.currentTime ?? 0)
        // Told four times a second, and less often on a busy machine.
        assert.ok(at >= end - 1 && at < end + 6, `${at}, not ${end}`)
      }),
    )

    it(
      'is all there on a phone, where it can be reached',
      visit(async (visitor) => {
        const page = await open(visitor, BRIDGE, PHONE)
        await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
        await heard(page)
        await page.getByRole('link', { name: 'About' }).first().click()
        const deck = deckOf(page)
        await deck.waitFor()
        assert.ok(await deck.getByLabel('Speed').isVisible())
        await deck.getByRole('button', { name: 'More of the player' }).click()
        await isSound(page)
        assert.deepEqual(await tooSmall(deck), [])
        await deck.getByRole('button', { name: 'Chapters', exact: true }).click()
        const chapters = page.getByRole('dialog', { name: 'Chapters' })
        await isSound(page)
        assert.ok((await chapters.getByRole('link').count()) > 0)
        await chapters.getByRole('button').nth(3).click()
        await chapters.waitFor({ state: 'hidden' })
      }),
    )

    it(
      'plays and queues where nothing can be kept, and where somebody kept rubbish',
      visit(async (visitor) => {
        for (const spoil of [forgetEverything, keepRubbish]) {
          const page = await open(visitor, BRIDGE, { init: spoil })
          await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
          await heard(page, 0.2)
          const { playbackRate, volume, muted } = await page.evaluate(() => ({
            playbackRate: globalThis.sounding?.playbackRate,
            volume: globalThis.sounding?.volume,
            muted: globalThis.sounding?.muted,
          }))
          assert.deepEqual([playbackRate, volume, muted], [1, 1, false])
          await page.locator('.rundown [data-enqueue]').first().click()
          await page.locator('.rundown [data-enqueue][aria-pressed=true]').first().waitFor()
        }
      }),
    )

    it(
      'is heard in one tab at a time',
      visit(async (visitor) => {
        const context = await visitor.openBrowser()
        const [one, other] = [
          await open(visitor, BRIDGE, { context }),
          await open(visitor, TRAILER, { context }),
        ]
        await one.locator('show-player').getByRole('button', { name: 'Play' }).click()
        await heard(one, 0.2)
        await other.locator('show-player').getByRole('button', { name: 'Play' }).click()
        await heard(other, 0.2)
        await isQuiet(one)
      }),
    )

    it(
      'copies the address of a moment, which begins there',
      visit(async (visitor) => {
        const page = await open(visitor, `${BRIDGE}#t=0:25`)
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
        await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
        await heard(page, 25)
        await page.locator('.share summary').click()
        const field = page.getByLabel('Link to this moment')
        assert.match(await field.inputValue(), /never-finished\?t=\d+s$/)
        await page.goto(`${visitor.site.url}/about`)
        await deckOf(page).getByRole('button', { name: 'Copy link' }).click()
        await page.getByText('The link to this moment was copied.').waitFor()
        const link = await page.evaluate(() => navigator.clipboard.readText())
        assert.match(link, /\/kept-in-repair\/the-bridge-is-never-finished\?t=\d+s$/)
      }),
    )
  })

  describe('the player on a page elsewhere', { skip: withoutBrowser }, () => {
    it(
      'plays in its frame, from the moment it is told, and leads back',
      visit(async (visitor) => {
        const src = `${visitor.site.url}${BRIDGE}/embed?theme=dark&t=20`
        await using elsewhere = await siteElsewhere(
          `<!doctype html><html lang="en"><title>Elsewhere</title><iframe title="Listen" width="640" height="184" src="${src}"></iframe>`,
        )
        const page = await (await visitor.openBrowser()).newPage()
        await page.goto(elsewhere.url)
        const frame = page.frameLocator('iframe')
        await frame.getByRole('button', { name: 'Play' }).click()

        await frame.locator('.elapsed', { hasText: /^0:(2[1-9]|[3-5]\d)$/ }).waitFor()
        const leads = frame.getByRole('link', { name: 'The Bridge Is Never Finished' })
        assert.equal(await leads.getAttribute('target'), '_top')
      }),
    )

    it(
      'is accessible and fits, also where it is small, and without JavaScript',
      visit(async ({ site, openBrowser }) => {
        for (const options of [
          { viewport: { width: 320, height: 184 } },
          { viewport: { width: 640, height: 184 }, colorScheme: 'dark' },
        ] as const) {
          const page = await (await openBrowser(options)).newPage()
          await page.goto(`${site.url}${BRIDGE}/embed`)
          await page.getByRole('button', { name: 'Play' }).waitFor()
          await isSound(page)
          const high = await page.evaluate(() => document.documentElement.scrollHeight)
          assert.equal(high, 184)
        }
        const plain = await (await openBrowser({ javaScriptEnabled: false })).newPage()
        await plain.goto(`${site.url}${BRIDGE}/embed`)
        assert.ok(await plain.locator('audio').isVisible())
      }),
    )
  })
}

interface Opening extends BrowserContextOptions {
  readonly context?: BrowserContext
  /** Run in the page before anything of it. */
  readonly init?: () => void
}

async function open(
  { site, openBrowser }: Visitor,
  path: string,
  { context, init, ...options }: Opening = {},
): Promise<Page> {
  const page = await (context ?? (await openBrowser(options))).newPage()
  await page.addInitScript(noticeSound)
  if (init) await page.addInitScript(init)
  await page.goto(site.url + path)
  await page.locator('h1').first().waitFor()
  return page
}

function forgetEverything(): void {
  Object.defineProperty(globalThis, 'localStorage', {
    get() {
      throw new DOMException('No storage here', 'SecurityError')
    },
  })
}

function keepRubbish(): void {
  for (const key of ['places', 'speed', 'volume', 'muted', 'queue', 'now', 'keys']) {
    localStorage.setItem(`player:${key}`, '{"episode":"//evil.example","length":-1}')
  }
}

/** A page of another origin. It is really there: browsers let no page that is not of this machine frame what is on it. */
async function siteElsewhere(html: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert.ok(address && typeof address === 'object')

  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

function deckOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Now playing' })
}

function begunAt(page: Page): Promise<number | undefined> {
  return page.evaluate(() => globalThis.begunAt)
}

async function isQuiet(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.sounding?.paused !== false)
}

function sessionOf(page: Page): Promise<{ readonly title: string }> {
  return page.evaluate(() => ({ title: navigator.mediaSession.metadata?.title ?? '' }))
}

/** What a finger would miss: WCAG 2.5.8 asks for 24 pixels, either way. */
function tooSmall(within: Locator): Promise<string[]> {
  return within.locator('button:visible, select:visible, a:visible').evaluateAll((all) =>
    all
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect()
        return width < 24 || height < 24
      })
      .map((element) => element.outerHTML),
  )
}
