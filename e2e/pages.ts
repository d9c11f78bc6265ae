import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { withoutBrowser } from './browser.ts'
import { visit, visiting, type Visitor } from './visit.ts'

export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  colorScheme: 'dark',
}
const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }

export function pageJourneys(): void {
  describe('the pages', { skip: withoutBrowser }, () => {
    let pages: string[]

    before(async () => {
      pages = await visiting('crawling', crawl)
    })

    it('are reached by links that all lead somewhere', () => {
      assert.ok(pages.length >= 20, `found only ${pages.join(' ')}`)
    })

    it(
      'are accessible, complete and not wider than the screen on a phone in the dark',
      visit(async (visitor) => assert.deepEqual(await faultsOf(pages, visitor, PHONE), [])),
    )

    it(
      'are accessible, complete and not wider than the screen on a desk in the light',
      visit(async (visitor) => assert.deepEqual(await faultsOf(pages, visitor, DESK), [])),
    )
  })
}

/** What is wrong with pages as a browser of this kind shows them. */
export async function faultsOf(
  pages: readonly string[],
  { site, openBrowser }: Visitor,
  options: BrowserContextOptions,
): Promise<string[]> {
  const context = await openBrowser({ ...options, reducedMotion: 'reduce' })
  const wrong: string[] = []
  for (const page of oneOfEachKind(pages)) wrong.push(...(await faults(page, context, site.url)))
  return wrong
}

async function faults(address: string, context: BrowserContext, origin: string): Promise<string[]> {
  const page = await context.newPage()
  const found: string[] = []
  const tell = (fault: string) => found.push(`${address}: ${fault}`)
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) tell(message.text())
  })
  page.on('pageerror', (error) => tell(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) tell(`asked ${request.url()}`)
  })
  await page.goto(address, { waitUntil: 'load' })
  const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } })
  const { violations } = await axe.analyze()
  for (const { id, nodes } of violations) tell(`${id}: ${nodes[0]?.html}`)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (overflow > 0) tell(`is ${overflow} px too wide`)
  for (const name of ['description', 'og:title']) {
    const tag = page.locator(`meta[name="${name}"], meta[property="${name}"]`)
    if ((await tag.count()) !== 1 || !(await tag.getAttribute('content'))) tell(`has no ${name}`)
  }
  if ((await page.locator('h1').count()) !== 1) tell('has not exactly one h1')
  await page.close()
  return found
}

/** Whose pages come in numbers. */
const FOLDERS: ReadonlySet<string> = new Set([
  'archive',
  'comments',
  'news',
  'person',
  'posts',
  'source',
  'sponsor',
  'topic',
])

/** The pages that are written once, and of those that come in numbers the first and the last; and one that is not there. */
function oneOfEachKind(pages: readonly string[]): string[] {
  const kinds = Map.groupBy(pages, (page) => {
    const [first = '', second, third] = new URL(page).pathname.slice(1).split('/')
    if (second === undefined) return first
    if (FOLDERS.has(first)) return `of ${first}`
    return third === undefined ? 'an episode' : second === 'archive' ? 'a year' : third
  })
  const chosen = [...kinds.values()].flatMap((all) => [all.at(0), all.at(-1)])

  return [...new Set(chosen), new URL('/nowhere', pages[0]).href].filter(
    (page) => page !== undefined,
  )
}

/** Follows every link of the site from its front page. */
export async function crawl({ site, fetch }: Visitor): Promise<string[]> {
  const seen = new Set([`${site.url}/`])
  const pages: string[] = []
  for (const address of seen) {
    const response = await fetch(address)
    assert.equal(response.status, 200, address)
    if (!response.headers.get('content-type')?.startsWith('text/html')) {
      await response.body?.cancel()
      continue
    }
    const html = await response.text()
    // A transcript is a document for apps, not a page.
    if (html.includes('id="main"')) pages.push(address)
    for (const [, href = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)) {
      const target = new URL(href.replaceAll('&amp;', '&'), address)
      target.hash = ''
      if (target.origin === site.url) seen.add(target.href)
    }
  }

  return pages
}
