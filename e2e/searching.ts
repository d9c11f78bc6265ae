import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutBrowser } from './browser.ts'
import { heard, noticeSound } from './listening.ts'
import { faultsOf, PHONE } from './pages.ts'
import { visit } from './visit.ts'

export function searchJourneys(): void {
  describe('searching', { skip: withoutBrowser }, () => {
    it(
      'finds what is said, by a slash and a few letters, and plays it from there',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser()).newPage()
        await page.addInitScript(noticeSound)
        await page.goto(site.url)
        await page.keyboard.press('/')
        await page.locator('dialog').getByRole('combobox').fill('savings society')
        await page.keyboard.press('Enter')
        await page.waitForURL('**/search?q=savings+society')

        const place = page
          .locator('.hit', { hasText: 'A Piano for a Damp House' })
          .locator('.place')
        assert.match(await page.locator('.hit mark').first().innerText(), /savings|society/i)
        const [minutes = 0, seconds = 0] = (await place.first().innerText()).split(':').map(Number)
        await place.first().click()
        await page.waitForURL('**/kept-in-repair/*#t=*')
        await page.locator('show-player').getByRole('button', { name: 'Play', exact: true }).click()
        const { at } = await heard(page, minutes * 60 + seconds)

        assert.ok(at < minutes * 60 + seconds + 20)
      }),
    )

    it(
      'suggests what begins so, to be chosen with the keyboard',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser()).newPage()
        await page.goto(`${site.url}/search`)
        const field = page.getByRole('combobox')
        await field.pressSequentially('local ti')
        await page.getByRole('option', { name: 'Local Time' }).first().waitFor()

        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')

        await page.waitForURL('**/local-time')
      }),
    )

    it(
      'needs no JavaScript',
      visit(async ({ site, openBrowser }) => {
        const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
        await page.goto(site.url)
        await page
          .getByRole('navigation', { name: 'Site' })
          .getByRole('link', { name: 'Search' })
          .click()
        await page.getByRole('searchbox').fill('tide tabel')
        await page.getByRole('button', { name: 'Search' }).click()

        assert.match(await page.locator('main').innerText(), /Nobody Owns the Tide Table/)
      }),
    )

    it(
      'is accessible with results, without, and before anything is asked',
      visit(async (visitor) => {
        const pages = ['', '?q=clock', '?q=xyzzyx', '?q=tide&show=local-time'].map((query) => {
          return `${visitor.site.url}/search${query}`
        })
        for (const page of pages) assert.deepEqual(await faultsOf([page], visitor, PHONE), [])
      }),
    )
  })
}
