import { type BrowserContextOptions, type Page } from 'playwright-core'
import { type Visitor } from './visit.ts'

/** A browser of an administrator whom only this journey has. */
export async function signedInToAdmin(
  { site, openBrowser }: Visitor,
  options: BrowserContextOptions,
  name = 'Ada Byron',
): Promise<Page> {
  const context = await openBrowser(options)
  await context.request.post(`${site.url}/sandbox/administrator?name=${encodeURIComponent(name)}`, {
    headers: { origin: site.url },
  })
  return context.newPage()
}
