import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type BrowserContextOptions, type Page } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { isSound } from './is-sound.ts'
import { signedInToAdmin } from './signed-in.ts'
import { visit, type Visitor } from './visit.ts'

const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, colorScheme: 'light' }

const NOTES = 'We walked the **whole** line.\n\n- [The map](https://longshed.example/map)'

export function adminWeekJourneys(): void {
  describe('a week in the admin area', { skip: withoutBrowser }, () => {
    it(
      'makes a podcast and an episode, sends its sound, shows it in advance, and publishes it',
      visit(publishesAnEpisode),
    )
    it('is sound on every page of the admin area, on a phone', visit(everyPage))
  })
}

async function publishesAnEpisode(visitor: Visitor): Promise<void> {
  const { site } = visitor
  const page = await signedInToAdmin(visitor, { ...DESK, reducedMotion: 'reduce' })
  await makePodcast(page, site.url)
  await draftEpisode(page)
  await sendSound(visitor, page)
  await isSound(page)

  await page.getByRole('link', { name: 'Publish', exact: true }).click()
  await page.getByRole('heading', { name: 'Checklist' }).waitFor()
  await isSound(page)
  const preview = await sharePreview(page)
  await isShownInAdvance(visitor, preview)

  await page
    .getByRole('button', { name: /^Publish/ })
    .first()
    .click()
  await page.getByText('It is out since').waitFor()
  await isOut(visitor)
  const after = await visitor.fetch(preview, { redirect: 'manual' })
  assert.equal(after.headers.get('location'), '/line-walk/all-the-stations')

  await page.getByText('Unpublish', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Unpublish' }).click()
  await page.getByText('Nobody but you').waitFor()
  assert.equal((await visitor.fetch(`${site.url}/line-walk/all-the-stations`)).status, 410)
}

async function makePodcast(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/podcasts/new`)
  await page.getByLabel('Title', { exact: true }).fill('Line Walk')
  await page.getByLabel('Status').selectOption('publishing')
  await page.getByRole('button', { name: 'Create podcast' }).click()
  await page.getByText('The podcast is there').waitFor()
  await page.goto(`${url}/admin/podcasts?q=line+walk`)
  await page.getByRole('link', { name: 'Line Walk' }).click()
  await page.getByRole('heading', { name: 'Line Walk' }).waitFor()
}

async function draftEpisode(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New episode' }).click()
  await page.getByLabel('Title', { exact: true }).fill('All the Stations')
  await page.getByRole('button', { name: 'Create draft' }).click()
  await page.getByText('The draft is there').waitFor()
  await page.getByRole('textbox', { name: 'Show notes' }).fill(NOTES)
  await page.getByLabel('Summary').fill('Forty kilometres on foot.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('.unsaved').getByText('Saved.').waitFor()
}

/** The sound of an episode that is there, under a name that says nothing. */
async function sendSound({ site, fetch }: Visitor, page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Audio and cover' }).click()
  const other = await (await fetch(`${site.url}/kept-in-repair/a-piano-for-a-damp-house`)).text()
  const address = /\/uploads\/[^"]+\.mp3/.exec(other)?.[0] ?? ''
  const sound = Buffer.from(await (await fetch(site.url + address)).arrayBuffer())
  const panel = page.getByRole('region', { name: 'Audio', exact: true })
  await panel
    .locator('input[type=file]')
    .setInputFiles({ name: 'final-FINAL.bin', mimeType: 'application/octet-stream', buffer: sound })
  await panel
    .getByText(/being looked at|is taken|Received|Sent/i)
    .first()
    .waitFor()
  await fetch(`${site.url}/sandbox/jobs`, { method: 'POST' })
  await page.reload()
  await panel.getByText(/MP3 · 1:17/).waitFor()
}

async function sharePreview(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make a link' }).click()
  return page.getByLabel(/New link/).inputValue()
}

async function isShownInAdvance({ openBrowser, site }: Visitor, address: string): Promise<void> {
  const guest = await (await openBrowser(PHONE)).newPage()
  const before = await guest.goto(`${site.url}/line-walk/all-the-stations`)
  assert.equal(before?.status(), 404)
  await guest.goto(address)
  await guest.getByRole('heading', { name: 'All the Stations' }).waitFor()
  await isSound(guest)
}

async function isOut({ site, fetch }: Visitor): Promise<void> {
  const paths = ['/', '/line-walk', '/line-walk/all-the-stations', '/line-walk/feed']
  const pages = await Promise.all(paths.map(async (path) => (await fetch(site.url + path)).text()))
  for (const [at, text] of pages.entries()) assert.match(text, /All the Stations/, paths[at])
}

/** Every page the admin area leads to from its rooms: at most so many of one kind. */
async function everyPage(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, { ...PHONE, reducedMotion: 'reduce' })
  const seen = new Set<string>()
  const waiting = ['/admin']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await page.goto(visitor.site.url + path)
    await isSound(page)
    for (const found of await addressesIn(page)) {
      const kind = found.replaceAll(/\d+/g, ':n').replace(/(mails)\/\w+/, '$1/:name')
      if (!seen.has(kind)) waiting.push(found)
      seen.add(kind)
    }
  }
  assert.ok(seen.size > 30, `saw only ${seen.size} kinds of pages`)
}

function addressesIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href^="/admin"]')]
      .filter((link) => !link.hasAttribute('download'))
      .map((link) => link.pathname)
      .filter((path) => !/\.(vtt|srt|json|txt|md|html|csv|tsv)$/.test(path)),
  )
}
