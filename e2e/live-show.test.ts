import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

const TITLE = 'The Last Roll of Linoleum'
const SHOW = '/kept-in-repair/the-last-roll-of-linoleum'
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const

// Who listens is told of what is committed, and in a sandbox nothing is: this show is on a site of its own.
describe('a live show', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser

  before(async () => {
    browser = await openBrowser()
    site = await startSite({ sandboxes: false })
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('is announced, goes on air everywhere at once, is talked about, and becomes the episode', async (t) => {
    const producer = await producerOf(site, browser)
    const desk = await deskOf(producer, site)
    const ada = await signedIn(site, browser, 'ada@home.example')
    const visitor = await browser.newContext(PHONE)
    assert.equal((await fetch(site.url + SHOW)).status, 404)

    await announce(producer, desk)
    const [page, phone, home] = [
      await open(ada, site.url + SHOW),
      await open(visitor, site.url + SHOW),
      await open(await browser.newContext(), site.url),
    ]
    await page.locator('.count').getByText(/\d/).waitFor()
    await page.locator('.crowd').getByText('3 here').waitFor()
    await phone.getByRole('link', { name: 'Sign in to write' }).waitFor()
    assert.equal(await phone.getByRole('link', { name: TITLE }).count(), 0)
    await assertFit(page, phone)

    await producer.goto(desk)
    const since = Date.now()
    await producer.getByRole('button', { name: 'Go on air' }).click()
    await home.locator('#on-air').getByRole('link', { name: TITLE }).waitFor()
    t.diagnostic(`on air on the first page ${Date.now() - since} ms after the press`)
    await page.locator('#now[data-status=live]').waitFor()
    await phone.locator('#now[data-status=live]').waitFor()

    await tell(producer, 'Note', 'Eleven rolls were left')
    await page.locator('#live-notes').getByText('Eleven rolls were left').waitFor()
    await tell(producer, 'Note', 'And then one')
    assert.equal(await producer.evaluate(() => document.activeElement?.id), 'f-text')
    await tell(producer, 'Chapter that begins now', 'One piece')
    await phone.locator('#chapters-part').getByText('One piece').waitFor()

    await say(page, 'Is it <b>green</b>? https://lino.example/green.')
    await phone.locator('.log').getByText('Is it <b>green</b>?').waitFor()
    const link = phone.locator('.log').getByRole('link', { name: 'https://lino.example/green' })
    assert.equal(await link.getAttribute('rel'), 'nofollow noopener noreferrer ugc')
    await phone.getByRole('button', { name: 'Clap' }).click()
    await page.getByRole('button', { name: 'Clap' }).getByText('1').waitFor()
    await assertFit(page, phone, producer)

    await moderate(producer, 'Mute')
    await page.getByText('You can read along').waitFor()
    assert.equal(await page.locator('form.say').isVisible(), false)
    await moderate(producer, 'Let them write')
    await page.locator('form.say').waitFor()
    await moderate(producer, 'Delete')
    await phone.locator('.log li').waitFor({ state: 'detached' })

    await producer.getByRole('button', { name: 'End the show' }).click()
    await page.getByText('The show is over.', { exact: true }).waitFor()
    await page.getByText('and so is the chat').waitFor()
    await home.locator('#on-air').getByText(TITLE).waitFor({ state: 'detached' })

    await publish(producer, desk)
    await page.locator('show-player').waitFor()
    const note = page.locator('#live-notes li').filter({ hasText: 'Eleven rolls were left' })
    assert.match((await note.getByRole('link').getAttribute('href')) ?? '', /^#t=/)
    assert.equal(await page.locator('live-room').count(), 0)
  })

  it('is a page that can be read without JavaScript', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const page = await plain.newPage()
    await page.goto(`${site.url}/local-time/two-bells-at-once`)

    await page.getByText('The chat needs JavaScript').waitFor()
    await page.getByText(/Live .*18:00 UTC/).waitFor()
    const calendar = page.getByRole('link', { name: 'Add to your calendar' })
    const file = await fetch(site.url + ((await calendar.getAttribute('href')) ?? ''))
    assert.match(await file.text(), /^BEGIN:VCALENDAR\r\n/)
  })
})

async function producerOf(site: Site, browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(site.signInLink)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  return page
}

async function deskOf(producer: Page, site: Site): Promise<string> {
  await producer.goto(`${site.url}/admin/podcasts`)
  await producer.getByRole('link', { name: 'Kept in Repair' }).first().click()
  await producer.getByRole('link', { name: TITLE }).first().click()
  await producer.getByRole('link', { name: 'Live', exact: true }).click()
  await producer.getByRole('button', { name: 'Announce the show' }).waitFor()
  return producer.url()
}

/** Somebody who listens, and has a name. */
async function signedIn(site: Site, browser: Browser, email: string): Promise<BrowserContext> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${site.url}/in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('link', { name: 'mailbox' }).click()
  const mail = page.getByRole('link', { name: /^(Join|Sign in to) Longshed$/ })
  await page.getByRole('heading', { name: 'Mailbox' }).waitFor()
  // A job sends it, when it comes to that.
  await page.waitForFunction(async () => {
    const response = await fetch(location.href)
    return (await response.text()).includes('/dev/mailbox/')
  })
  await page.reload()
  await mail.first().click()
  await page.frameLocator('iframe').getByRole('link').click()
  await page.getByRole('button', { name: /^(Join|Sign in)$/ }).click()
  await page.locator('#visitor[data-named]').waitFor()
  await page.close()
  return context
}

async function announce(producer: Page, desk: string): Promise<void> {
  await producer.goto(desk)
  const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16)
  await producer.getByLabel('Begins', { exact: true }).fill(soon)
  await producer.getByLabel('Stream', { exact: true }).fill('https://stream.example/live.mp3')
  await producer.getByRole('button', { name: 'Announce the show' }).click()
  await producer.getByText('Announced', { exact: true }).waitFor()
}

/** Opens a page that is followed, and is in the room beside it if it has one. */
async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  const joined = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (/"page:.*"phx_reply".*"ok"/.test(String(payload))) resolve()
      })
    })
  })
  await page.goto(address)
  await joined
  return page
}

async function tell(producer: Page, label: string, words: string): Promise<void> {
  const field = producer.getByLabel(label, { exact: true })
  await field.fill(words)
  await field.press('Enter')
  await producer.locator('#told').getByText(words, { exact: true }).waitFor()
  await producer.waitForFunction(
    (id) => document.querySelector<HTMLInputElement>(`#${id}`)?.value === '',
    await field.getAttribute('id'),
  )
}

async function say(page: Page, words: string): Promise<void> {
  await page.getByLabel('Your message').fill(words)
  await page.getByLabel('Your message').press('Enter')
  await page.locator('.log li').waitFor()
}

async function moderate(producer: Page, measure: string): Promise<void> {
  await producer.locator('.measures summary').first().click()
  await producer.locator('.measures').first().getByText(measure, { exact: true }).click()
}

async function publish(producer: Page, desk: string): Promise<void> {
  await producer.goto(desk.replace(/\/live$/, '/publish'))
  await producer.getByRole('button', { name: /now/i }).first().click()
  await producer.getByText('It is out since').waitFor()
}

/** Nothing that somebody could not use, and nothing wider than the window. */
async function assertFit(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`),
      [],
    )
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide`)
  }
}
