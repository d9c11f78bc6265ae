import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutBrowser } from './browser.ts'
import { crawl, faultsOf, PHONE } from './pages.ts'
import { signedInToAdmin } from './signed-in.ts'
import { visit, type Visitor } from './visit.ts'

export function languageJourneys(): void {
  describe('a reader elsewhere', { skip: withoutBrowser }, () => {
    it('reads dates by their own clock', visit(ownClock))
    it('reads a network in German, which fits a phone on every page', visit(inGerman))
  })
}

async function ownClock({ site, openBrowser }: Visitor): Promise<void> {
  const context = await openBrowser({ timezoneId: 'Pacific/Kiritimati' })
  const page = await context.newPage()
  await page.goto(`${site.url}/`)
  await page.locator('.rundown h3 a').first().click()
  const published = page.locator('#facts time[data-as=full]').first()
  await published.waitFor()

  const at = new Date((await published.getAttribute('datetime')) ?? '')
  const there = new Date(at.getTime() + 14 * 3_600_000)
  const clock = `${String(there.getUTCHours()).padStart(2, '0')}:${String(there.getUTCMinutes()).padStart(2, '0')}`
  assert.match(
    await published.innerText(),
    new RegExp(`^${there.getUTCDate()} \\p{L}+ ${there.getUTCFullYear()}.*${clock} GMT\\+14$`, 'u'),
  )
}

async function inGerman(visitor: Visitor): Promise<void> {
  const { site } = visitor
  const desk = await signedInToAdmin(visitor, { reducedMotion: 'reduce' })
  await desk.goto(`${site.url}/admin/settings`)
  await desk.getByLabel('Language', { exact: true }).fill('de')
  await desk.getByRole('button', { name: /^Save/ }).first().click()
  await desk.getByText('Saved.').first().waitFor()

  await desk.goto(`${site.url}/in`)
  assert.equal(await desk.locator('html').getAttribute('lang'), 'de')
  await desk.getByText('Du bist angemeldet als').waitFor()
  const pages = await crawl(visitor)
  assert.deepEqual(await faultsOf(pages, visitor, PHONE), [])
}
