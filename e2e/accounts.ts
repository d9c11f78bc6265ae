import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContextOptions, type Page } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { visit, type Visitor } from './visit.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  colorScheme: 'dark',
}
const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }

export function accountJourneys(): void {
  describe('an account', { skip: withoutBrowser }, () => {
    it(
      'begins with a mail, on a phone in the dark: who is new joins',
      visit(async (visitor) => {
        const page = await newPage(visitor, PHONE)
        await page.goto(`${visitor.site.url}/~/sessions`)

        await askForLink(visitor, page, 'ada@example.com')
        await openMail(visitor, page, 'Join Longshed')
        await isSound(page)
        await page.getByLabel('Your name').fill('Ada Byron')
        await page.getByRole('button', { name: 'Join' }).click()

        // The page that was wanted at first.
        await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
        await page.getByText('As Ada Byron').waitFor()
        await isSound(page)
      }),
    )

    it(
      'is signed out elsewhere from here, on a desk in the light',
      visit(async (visitor) => {
        const [here, there] = [await newPage(visitor, DESK), await newPage(visitor, DESK)]
        await signInByMail(visitor, there, 'Join Longshed')
        await signInByMail(visitor, here, 'Sign in to Longshed')

        await here.getByRole('link', { name: 'Where you are signed in' }).click()
        await here.getByText('this browser').waitFor()
        await isSound(here)
        const lines = here.locator('.sessions li')
        assert.equal(await lines.count(), 2)
        await lines.nth(1).getByRole('button', { name: 'Sign out' }).click()
        await lines.nth(1).waitFor({ state: 'detached' })

        await there.goto(`${visitor.site.url}/in`)
        await there.getByText('You are not signed in').waitFor()
        await here.reload()
        assert.equal(await lines.count(), 1)
      }),
    )

    it(
      'is signed in to without JavaScript',
      visit(async (visitor) => {
        const page = await newPage(visitor, { javaScriptEnabled: false })
        await page.goto(`${visitor.site.url}/in`)

        await page.getByLabel('E-mail address').fill('mary@example.com')
        await page.getByRole('button', { name: 'Mail me a link' }).click()
        await page.getByText('mary@example.com').waitFor()
        await runJobs(visitor)
        await page.getByRole('link', { name: 'mailbox' }).click()
        await page.getByRole('link', { name: 'Join Longshed' }).click()
        const text = (await page.locator('pre').textContent()) ?? ''
        await page.goto(/http\S+\/in\/\S+/.exec(text)?.[0] ?? '')
        await page.getByRole('button', { name: 'Join' }).click()

        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.getByText('You are not signed in').waitFor()
      }),
    )

    it(
      'is told what is wrong with an address, with what was typed still there',
      visit(async (visitor) => {
        const page = await newPage(visitor, PHONE)
        await page.goto(`${visitor.site.url}/in`)

        await page.getByLabel('E-mail address').fill('ada at example')
        await page.getByRole('button', { name: 'Mail me a link' }).click()
        await page.getByText('This must be an e-mail address.').waitFor()

        assert.equal(await page.getByLabel('E-mail address').inputValue(), 'ada at example')
        await isSound(page)
      }),
    )
  })
}

async function newPage({ openBrowser }: Visitor, options: BrowserContextOptions): Promise<Page> {
  return (await openBrowser({ ...options, reducedMotion: 'reduce' })).newPage()
}

async function signInByMail(visitor: Visitor, page: Page, subject: string): Promise<void> {
  await page.goto(`${visitor.site.url}/in`)
  await askForLink(visitor, page, 'grace@example.com')
  await openMail(visitor, page, subject)
  await page.getByRole('button', { name: /^(Join|Sign in)$/ }).click()
  await page.getByText('You are signed in as').waitFor()
}

async function askForLink(visitor: Visitor, page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByText(email).waitFor()
  await isSound(page)
  await runJobs(visitor)
}

/** What waits in a sandbox is done when it is asked for. */
async function runJobs({ site, fetch }: Visitor): Promise<void> {
  const done = await fetch(`${site.url}/sandbox/jobs`, { method: 'POST' })
  assert.deepEqual(await done.json(), ['mail_sign_in_link'])
}

async function openMail({ site }: Visitor, page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: 'mailbox' }).click()
  await page.getByRole('heading', { name: 'Mailbox' }).waitFor()
  await isSound(page)
  await page.getByRole('link', { name: subject }).first().click()
  const button = page.frameLocator('iframe').getByRole('link')
  await button.waitFor()
  await isSound(page)
  await button.click()
  await page.waitForURL(`${site.url}/in/*`)
}

/** Accessible, and not wider than the screen. A mail in its frame runs no scripts, so nothing can look into it. */
async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ iframes: false })
    .analyze()
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`),
    [],
  )
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide`)
}
