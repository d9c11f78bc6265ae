import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Page } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { heard, noticeSound } from './listening.ts'
import { visit, type Visitor } from './visit.ts'

const EPISODE = '/kept-in-repair/the-bridge-is-never-finished'

export function readingJourneys(): void {
  describe('reading along', { skip: withoutBrowser }, () => {
    it(
      'goes to the line that is pressed, and marks the one that is said',
      visit(async (visitor) => {
        const page = await open(visitor, `${EPISODE}/transcript`)
        const line = page.locator('.speech [data-at]').nth(3)
        const wanted = Number(await line.getAttribute('data-at'))

        await line.click()
        const { at } = await heard(page, wanted)
        await page.locator('.speech [aria-current=true]').waitFor()

        assert.ok(wanted > 0 && at < wanted + 20)
        assert.equal(await page.locator('.speech [aria-current=true]').count(), 1)
      }),
    )

    it(
      'follows what is said until the reader scrolls, and goes back to it when asked',
      visit(async (visitor) => {
        const page = await open(visitor, `${EPISODE}/transcript`)
        const back = page.getByRole('button', { name: 'Back to the current line' })
        await page.locator('.speech [data-at]').last().click()
        await heard(page)
        await page.locator('.speech [aria-current=true]').waitFor()
        assert.equal(await back.isVisible(), false)

        await page.mouse.wheel(0, -5000)
        await back.click()

        await page.waitForFunction(() => {
          const { top = -1 } =
            document.querySelector('.speech [aria-current=true]')?.getBoundingClientRect() ?? {}
          return top > 0 && top < innerHeight
        })
        assert.equal(await back.isVisible(), false)
      }),
    )

    it(
      'finds words, whatever their case, and goes from one place to the next',
      visit(async (visitor) => {
        const page = await open(visitor, EPISODE)
        const search = page.getByRole('searchbox', { name: 'Search in the transcript' })
        const said = page.locator('transcript-reader output')

        await search.fill('PAINT')
        await said.filter({ hasText: /^1 of \d+$/ }).waitFor()
        await search.press('Enter')
        await said.filter({ hasText: /^2 of \d+$/ }).waitFor()
        await search.press('Shift+Enter')
        await said.filter({ hasText: /^1 of \d+$/ }).waitFor()
        await search.fill('zeppelin')
        await said.filter({ hasText: 'Not found' }).waitFor()
      }),
    )

    it(
      'puts the address of a turn on the clipboard',
      visit(async (visitor) => {
        const page = await open(visitor, EPISODE, ['clipboard-read', 'clipboard-write'])
        const turn = page.locator('.turn-of-speech').nth(2)
        const time = (await turn.locator('.at').getAttribute('href')) ?? ''

        await turn.hover()
        await turn.getByRole('button', { name: 'Copy a link to this' }).click()
        await page.locator('transcript-reader output', { hasText: 'The link is copied' }).waitFor()

        const copied = await page.evaluate(() => navigator.clipboard.readText())
        assert.equal(copied, `${visitor.site.url}${EPISODE}/transcript${time}`)
      }),
    )

    it(
      'has a link to each turn, which leads to it without JavaScript too',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
        await page.goto(`${site.url}${EPISODE}/transcript`)

        await page.locator('.speaker .at').last().click()

        const last = page.locator('.turn-of-speech').last()
        assert.equal(`#${(await last.getAttribute('id')) ?? ''}`, new URL(page.url()).hash)
        assert.equal(await page.locator('.transcript-tools').isVisible(), false)
      }),
    )
  })
}

async function open(
  { site, openBrowser }: Visitor,
  address: string,
  permissions: string[] = [],
): Promise<Page> {
  const page = await (await openBrowser({ reducedMotion: 'reduce', permissions })).newPage()
  await page.addInitScript(noticeSound)
  await page.goto(`${site.url}${address}`)
  await page.waitForFunction(() => customElements.get('transcript-reader') !== undefined)
  return page
}
