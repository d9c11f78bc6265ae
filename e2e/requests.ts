import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContextOptions, type Page } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { signedInToAdmin } from './signed-in.ts'
import { visit, type Visitor } from './visit.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  colorScheme: 'dark',
}

export function requestJourneys(): void {
  describe('a request', { skip: withoutBrowser }, () => {
    it(
      'is made on a phone, handed on by a mail, declined in the admin area, and talked about',
      visit(async (visitor) => {
        const page = await newPage(visitor, PHONE)
        await page.goto(`${visitor.site.url}/local-time`)
        await page.getByRole('link', { name: 'Ask for an episode' }).first().click()
        await ask(page)
        await followMail(visitor, page, 'Your request to Local Time')
        await page.getByRole('button', { name: 'Hand it on' }).click()
        await page.getByRole('heading', { name: 'Handed on' }).waitFor()
        await isSound(page)

        await decline(visitor, await signedInToAdmin(visitor, { reducedMotion: 'reduce' }))

        await page.goto(`${visitor.site.url}/dev/mailbox`)
        await followMail(visitor, page, 'Your request to Local Time')
        await page.getByRole('heading', { name: 'Not this time' }).waitFor()
        await page.getByText('We had that in March.').waitFor()
        await page.getByLabel('Write to them').fill('Then I shall listen to March.')
        await page.getByRole('button', { name: 'Send' }).click()
        await page.locator('.conversation').getByText('Then I shall listen to March.').waitFor()
        await isSound(page)
      }),
    )
  })
}

async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send the request' }).click()
  await page.getByText('That is not complete yet').waitFor()
  await isSound(page)
  await page.getByLabel('Your name').fill('Tilda Marsh')
  await page.getByLabel('Your e-mail address').fill('tilda@example.com')
  await page.getByLabel('Your pitch').fill('Who winds the clock in the fish office?')
  assert.ok(await page.getByRole('radio', { name: /Local Time/ }).isChecked())
  await page.getByRole('button', { name: 'Send the request' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await page.getByRole('link', { name: 'mailbox' }).click()
}

async function decline({ site }: Visitor, page: Page): Promise<void> {
  await page.goto(`${site.url}/admin/requests`)
  await isSound(page)
  await page.getByRole('link', { name: 'Who winds the clock' }).click()
  await page.getByLabel('Message').fill('We had that in March.')
  await page.getByRole('button', { name: 'Decline' }).click()
  await page.getByText('Declined. The message is on its way.').waitFor()
  await isSound(page)
}

/** What waits in a sandbox is done when it is asked for; the newest mail of this subject leads on. */
async function followMail({ site, fetch }: Visitor, page: Page, subject: string): Promise<void> {
  await page.getByRole('heading', { name: 'Mailbox' }).waitFor()
  await fetch(`${site.url}/sandbox/jobs`, { method: 'POST' })
  await page.reload()
  await page.getByRole('link', { name: subject }).first().click()
  await page.frameLocator('iframe').getByRole('link').first().click()
  await page.waitForURL(`${site.url}/request/*`)
}

async function newPage({ openBrowser }: Visitor, options: BrowserContextOptions): Promise<Page> {
  return (await openBrowser({ ...options, reducedMotion: 'reduce' })).newPage()
}

/** Accessible, and not wider than the screen. */
async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`),
    [],
  )
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide`)
}
