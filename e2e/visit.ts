import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { type TestContext } from 'node:test'
import { type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { startSite, type Site } from './site.ts'

const HEADER = 'x-showrunner-sandbox'
const NAME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'

/** Somebody at the site, in a sandbox of the database: what they change nobody else sees, and it is undone. */
export interface Visitor {
  readonly site: Site
  /** As `fetch`, of an address of the site. */
  readonly fetch: (address: string, options?: RequestInit) => Promise<Response>
  /** A browser of their own; it closes with the visit. */
  readonly openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>
}

let site: Site
let browser: Browser | undefined

export async function openSite(): Promise<void> {
  if (!withoutBrowser) browser = await openBrowser()
  site = await startSite()
}

export async function closeSite(): Promise<void> {
  await browser?.close()
  await site?.stop()
}

/** A test that is somebody's visit. */
export function visit(
  work: (visitor: Visitor) => Promise<void>,
): (t: TestContext) => Promise<void> {
  return (t) => visiting(t.fullName, work)
}

/** Does something at the site as a visitor of this name. */
export async function visiting<T>(
  name: string,
  work: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const sandbox = `${site.url}/sandbox`
  const opened = await fetch(`${sandbox}?name=${encodeURIComponent(name)}`, { method: 'POST' })
  const token = await opened.text()
  // Each from an address of their own on this machine: what is counted by address is counted apart.
  const headers = {
    [HEADER]: token,
    'x-forwarded-for': `127.${randomInt(256)}.${randomInt(256)}.1`,
  }
  const contexts: BrowserContext[] = []
  const visitor: Visitor = {
    site,
    fetch(address, options) {
      const request = new Request(address, options)
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
      return fetch(request)
    },
    async openBrowser(options) {
      // A socket gets no headers of ours, and so learns from the browser's name where it belongs.
      const userAgent = `${NAME} Chrome/${browser!.version()} Safari/537.36 Sandbox/${token}`
      const context = await browser!.newContext({
        ...options,
        userAgent,
        extraHTTPHeaders: headers,
      })
      contexts.push(context)
      return context
    },
  }
  try {
    return await work(visitor)
  } finally {
    for (const context of contexts) await context.close()
    const closed = await fetch(sandbox, { method: 'DELETE', headers })
    assert.equal(closed.status, 204)
  }
}
