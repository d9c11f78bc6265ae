import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type BrowserContextOptions, type Page } from 'playwright-core'
import { isSound } from './is-sound.ts'
import { withoutBrowser } from './browser.ts'
import { signedInToAdmin } from './signed-in.ts'
import { visit, type Visitor } from './visit.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  colorScheme: 'dark',
  reducedMotion: 'reduce',
}
const DESK: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
}

export function adminEditingJourneys(): void {
  // One after the other: they change the same episode, and a transaction waits for the one before.
  describe('editing in the admin area', { skip: withoutBrowser, concurrency: 1 }, () => {
    it(
      'changes an episode by the keyboard alone: picks, adds, sorts, removes, saves',
      visit(byKeys),
    )
    it('sorts rows with the mouse, and takes a removal back', visit(byMouse))
    it('offers work that was not saved, on a phone, after the page went away', visit(keepsWork))
    it('loses nothing where the line is lost or the session has ended', visit(survives))
    it('tells two who have the same open, and saves what both did', visit(inTwoBrowsers))
    it('shows two who have the same open to each other', visit(besideEachOther))
    it('finds anything from anywhere by its palette', visit(byPalette))
    it('saves a form without JavaScript', visit(withoutScripts))
  })
}

async function byKeys(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, DESK)
  await openEpisode(visitor, page)
  await isSound(page)

  const guests = page.getByRole('group', { name: 'Guests', exact: true })
  await guests.getByRole('button', { name: 'Add a guest' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('heste')
  await guests.getByRole('option', { name: /Hester Vane/ }).waitFor()
  const late = await heldAnswer(page, 'q=hester', () => page.keyboard.press('r'))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await late.arrive()
  assert.deepEqual(await namesIn(page, 'Guests'), [
    'Nell Abara (nell-abara)',
    'Hester Vane (hester-vane)',
  ])
  await page.keyboard.press('Alt+ArrowUp')
  await guests.getByText('Hester Vane (hester-vane): 1 of 2').waitFor({ state: 'attached' })

  await page
    .getByRole('group', { name: 'Topics', exact: true })
    .getByRole('checkbox')
    .first()
    .focus()
  await page.keyboard.press('Space')
  await page.getByText('Unsaved changes').waitFor()
  await isSound(page)
  await page.keyboard.press('Control+s')
  await page.locator('.unsaved').getByText('Saved.').waitFor()

  assert.deepEqual(await namesIn(page, 'Guests'), [
    'Hester Vane (hester-vane)',
    'Nell Abara (nell-abara)',
  ])
  assert.deepEqual(await namesIn(page, 'Topics'), [
    'Buildings (buildings)',
    'Maintenance (maintenance)',
  ])
  await page.reload()
  assert.equal(await page.locator('.kept').count(), 0)
}

async function byMouse(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, DESK)
  await openEpisode(visitor, page)
  const rows = page.getByRole('group', { name: 'Topics', exact: true }).getByRole('listitem')
  const [first, last] = [rows.nth(0).locator('.handle'), rows.nth(2).locator('.handle')]
  await last.scrollIntoViewIfNeeded()
  const [from, to] = [await first.boundingBox(), await last.boundingBox()]
  assert.ok(from && to)
  await page.mouse.move(from.x + 8, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + 8, to.y + 4, { steps: 12 })
  const sorted = ['Buildings (buildings)', 'Maintenance (maintenance)', 'Music (music)']
  // A row gives way while others are still on theirs: a hand moves on until it is where it should be.
  for (let at = 0; at < 40 && String(await namesIn(page, 'Topics')) !== String(sorted); at += 1) {
    await page.mouse.move(to.x + 8, to.y + 16 + (at % 4) * 4, { steps: 4 })
  }
  await page.mouse.up()
  assert.deepEqual(await namesIn(page, 'Topics'), sorted)

  await rows.nth(1).getByText('Remove').click()
  await rows.nth(1).getByText('Remove').click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('.unsaved').getByText('Saved.').waitFor()
  assert.deepEqual(await namesIn(page, 'Topics'), sorted)
}

async function keepsWork(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, PHONE)
  await openEpisode(visitor, page)
  await page.getByLabel('Subtitle').fill('Typed on a train')
  const links = page.getByRole('group', { name: 'Links', exact: true })
  await links.getByRole('button', { name: 'Add a link' }).click()
  await links.getByLabel('Title').last().fill('The timetable')
  await links.getByRole('checkbox').first().check()
  await page.goto(`${visitor.site.url}/admin/topics`)

  await page.goBack()
  await page.getByText(/You have unsaved work from \d+ \w+, \d\d:\d\d/).waitFor()
  await isSound(page)
  await page.getByRole('button', { name: 'Restore' }).click()
  assert.equal(await page.getByLabel('Subtitle').inputValue(), 'Typed on a train')
  assert.equal(await links.getByLabel('Title').last().inputValue(), 'The timetable')
  assert.ok(await links.getByRole('checkbox').first().isChecked())
  await isSound(page)

  // The new link has no address: refused, nothing is lost, and it is still kept.
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByRole('link', { name: 'Address can’t be blank.' })
    .or(page.getByRole('link', { name: "Address can't be blank." }))
    .click()
  await isSound(page)
  await page.reload()
  await page.getByRole('button', { name: 'Restore' }).click()
  await links.getByLabel('Address').last().fill('https://longshed.example/timetable')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('.unsaved').getByText('Saved.').waitFor()
  await page.reload()
  assert.equal(await page.locator('.kept').count(), 0)
  assert.equal(await links.getByLabel('Title').last().inputValue(), 'The timetable')
}

async function survives(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, DESK)
  const context = page.context()
  await openEpisode(visitor, page)
  const address = page.url()
  await page.getByLabel('Subtitle').fill('Typed in a tunnel')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Not saved: the server cannot be reached.').waitFor()
  await context.setOffline(false)

  const cookies = await context.cookies()
  await context.clearCookies()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/in')
  await context.addCookies(cookies)
  await page.goto(address)
  await page.getByRole('button', { name: 'Restore' }).click()
  assert.equal(await page.getByLabel('Subtitle').inputValue(), 'Typed in a tunnel')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('.unsaved').getByText('Saved.').waitFor()
}

async function inTwoBrowsers(visitor: Visitor): Promise<void> {
  const here = await signedInToAdmin(visitor, DESK)
  const there = await signedInToAdmin(visitor, DESK, 'Grace Hopper')
  await openEpisode(visitor, here)
  await there.goto(here.url())
  await there.getByLabel('Subtitle').fill('As it was heard there')
  await there.getByRole('button', { name: 'Save', exact: true }).click()
  await there.locator('.unsaved').getByText('Saved.').waitFor()

  await here.getByLabel('Summary').fill('As it is told here.')
  await here.evaluate(() => dispatchEvent(new Event('focus')))
  await here
    .getByText(/Grace Hopper saved a newer version at \d\d:\d\d\. Save and you will see both\./)
    .waitFor()
  await isSound(here)
  await here.getByRole('button', { name: 'Save', exact: true }).click()
  await here.getByRole('heading', { name: 'It was changed while you had it open' }).waitFor()
  await isSound(here)
  assert.equal(await here.getByLabel('Subtitle').inputValue(), 'As it was heard there')
  assert.equal(await here.getByLabel('Summary').inputValue(), 'As it is told here.')
  await here.getByRole('button', { name: 'Save', exact: true }).click()
  await here.locator('.unsaved').getByText('Saved.').waitFor()

  await there.reload()
  assert.equal(await there.getByLabel('Summary').inputValue(), 'As it is told here.')
}

async function besideEachOther(visitor: Visitor): Promise<void> {
  const here = await signedInToAdmin(visitor, DESK)
  const there = await signedInToAdmin(visitor, PHONE, 'Grace Hopper')
  await openEpisode(visitor, here)
  await here.getByRole('heading', { level: 1 }).waitFor()
  await there.goto(here.url())
  await here.getByText('Grace Hopper is here too.').waitFor()
  await there.getByText('Ada Byron is here too.').waitFor()
  await isSound(there)

  await there.goto(`${visitor.site.url}/admin/topics`)
  await here.getByText('Grace Hopper is here too.').waitFor({ state: 'detached' })
  await there.getByRole('link', { name: 'Maintenance' }).first().click()
  await there.getByRole('button', { name: 'Save', exact: true }).waitFor()
  await here.goto(there.url())
  await here.getByText('Grace Hopper is here too.').waitFor()
}

async function byPalette(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, DESK)
  await page.goto(`${visitor.site.url}/admin/topics`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('piano')
  await page
    .getByRole('option', { name: /A Piano for a Damp House/ })
    .first()
    .waitFor()
  await isSound(page)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'A Piano for a Damp House' }).waitFor()

  await page.keyboard.press('/')
  await page.getByRole('dialog', { name: 'Search' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Search' }).waitFor({ state: 'hidden' })
}

async function withoutScripts(visitor: Visitor): Promise<void> {
  const page = await signedInToAdmin(visitor, { ...DESK, javaScriptEnabled: false })
  await openEpisode(visitor, page)
  const guests = page.getByRole('group', { name: 'Guests', exact: true })
  await guests.getByLabel('Guest').last().fill('Hester Vane')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('.flash').getByText('Saved.').waitFor()
  // The last row is the one to fill in.
  assert.deepEqual(await namesIn(page, 'Guests'), [
    'Nell Abara (nell-abara)',
    'Hester Vane (hester-vane)',
    '',
  ])
}

/** What is asked for once `ask` is done is answered when it is said: `arrive` ends when the page has the answer. */
async function heldAnswer(
  page: Page,
  query: string,
  ask: () => Promise<void>,
): Promise<{ arrive: () => Promise<void> }> {
  const said = Promise.withResolvers<void>()
  await page.route(
    (url) => url.search.includes(query),
    async (route) => {
      await said.promise
      await route.continue()
    },
    { times: 1 },
  )
  const asked = page.waitForRequest((request) => request.url().includes(query))
  await ask()
  const request = await asked
  return {
    async arrive() {
      said.resolve()
      const response = await request.response()
      await response?.finished()
    },
  }
}

async function openEpisode({ site }: Visitor, page: Page): Promise<void> {
  await page.goto(`${site.url}/admin/podcasts`)
  await page.getByRole('link', { name: 'Kept in Repair' }).first().click()
  await page.getByRole('link', { name: 'A Piano for a Damp House' }).click()
  await page.getByRole('heading', { level: 1, name: 'A Piano for a Damp House' }).waitFor()
}

/** What the rows of a list are called by their first field. */
async function namesIn(page: Page, list: string): Promise<string[]> {
  const rows = page.getByRole('group', { name: list, exact: true }).getByRole('listitem')
  return rows.evaluateAll((all) => {
    return all.map(
      (row) => row.querySelector<HTMLInputElement>('.fields input[type="text"]')?.value ?? '',
    )
  })
}
