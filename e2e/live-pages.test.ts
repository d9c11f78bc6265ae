import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type BrowserContext, type Page, type WebSocketRoute } from 'playwright-core'
import { openBrowser, withoutBrowser } from './browser.ts'
import { heard } from './listening.ts'
import { deskOf, follow, isJoined, NEWEST, retitle, signIn, TITLE } from './live-desk.ts'
import { startSite, type Site } from './site.ts'

const OTHER_TITLE = 'A Piano for a Dry House'

// In a sandbox nothing is committed, and so nobody is told of it: these pages are on a site of their own.
describe('live pages', { skip: withoutBrowser }, () => {
  let site: Site
  let browser: Browser
  let editor: Page

  before(async () => {
    browser = await openBrowser()
    site = await startSite({ sandboxes: false })
    editor = await signIn(site, browser)
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('show what an editor publishes, everywhere at once, and nobody loses their place', async (t) => {
    const desk = await deskOf(editor, site)
    const listener = await browser.newContext({ timezoneId: 'Pacific/Kiritimati' })
    const previous = await previousTo(listener, site)
    await unpublish(editor, desk)
    const [home, podcast, episode] = [
      await follow(listener, `${site.url}/`),
      await follow(listener, `${site.url}/kept-in-repair`),
      await follow(listener, site.url + previous),
    ]
    for (const page of [home, podcast, episode]) {
      assert.equal(await page.getByText(TITLE).count(), 0)
    }
    await episode.locator('show-player').getByRole('button', { name: 'Play' }).click()
    const sounding = await heard(episode, 0.2)
    await episode.getByText('Chapters', { exact: true }).first().click({ clickCount: 3 })
    await podcast.getByLabel(/mail/i).fill('ada@home.example')
    const link = home.locator('#lines li').nth(1).locator('h3 a')
    await link.focus()
    const focused = await link.getAttribute('href')
    await home.evaluate(() => scrollTo(0, 300))

    const fetched: string[] = []
    listener.on('request', (request) => {
      if (request.resourceType() === 'fetch') fetched.push(request.url())
    })
    const since = await publish(editor, desk)
    for (const page of [home, podcast, episode]) {
      await page.getByText(TITLE).first().waitFor({ state: 'attached' })
    }
    t.diagnostic(`shown in three tabs ${Date.now() - since} ms after the press`)

    assert.equal(await home.locator('#lead h2').innerText(), TITLE)
    const when = await home.locator('#lead time[data-as]').getAttribute('title')
    assert.match(when ?? '', /GMT\+14$/, 'dates that are new are by their clock too')
    assert.equal(await home.evaluate(() => document.activeElement?.getAttribute('href')), focused)
    assert.ok((await home.evaluate(() => scrollY)) > 0)
    assert.equal(await podcast.locator('#lines-0 li h3').first().innerText(), TITLE)
    assert.equal(await podcast.getByLabel(/mail/i).inputValue(), 'ada@home.example')
    assert.equal(await episode.locator('#turn .next').getAttribute('href'), NEWEST)
    assert.equal(await episode.evaluate(() => String(getSelection()).trim()), 'Chapters')
    assert.deepEqual(fetched, [], 'they are told, and fetch nothing')
    const { at, src } = await heard(episode, sounding.at + 0.5)
    assert.ok(at > sounding.at)
    assert.equal(src, sounding.src)
    await listener.close()
  })

  it('become the page that says so when they are taken back, and the sound goes on', async () => {
    const desk = await deskOf(editor, site)
    const listener = await browser.newContext()
    const page = await follow(listener, site.url + NEWEST)
    await page.locator('show-player').getByRole('button', { name: 'Play' }).click()
    const before = await heard(page, 0.2)

    await unpublish(editor, desk)

    await page.getByRole('heading', { name: 'What was at this address is gone' }).waitFor()
    const after = await heard(page, before.at + 0.3)
    assert.equal(after.src, before.src)
    await publish(editor, desk)
    await editor.getByText('It is out since').waitFor()
    await listener.close()
  })

  it('catch up when the line was lost, one step or all at once', async () => {
    const desk = await deskOf(editor, site)
    const listener = await browser.newContext()
    const line = new Line()
    const page = await line.follow(listener, `${site.url}/`)
    const beside = await follow(listener, `${site.url}/`)
    await line.cut()

    await retitle(editor, desk, OTHER_TITLE)
    await beside.getByText(OTHER_TITLE).first().waitFor()
    assert.equal(await page.getByText(OTHER_TITLE).count(), 0)
    await line.mend()
    await page.getByText(OTHER_TITLE).first().waitFor()

    await page.evaluate(() => {
      const version = document.querySelector<HTMLElement>('meta[name=live-page]')
      if (version) version.dataset['version'] = 'of-long-ago'
    })
    await line.cut()
    await retitle(editor, desk, TITLE)
    await line.mend()
    await page.getByText(TITLE).first().waitFor()
    await listener.close()
  })

  it('leave alone what is the visitor’s own: their name, what they opened and what they type', async () => {
    const page = await follow(editor.context(), `${site.url}/kept-in-repair`)
    await page.locator('#visitor[data-named]').waitFor()
    const name = await page.locator('#visitor').innerText()
    await page.evaluate(() => {
      const own = `<div id="own"><details><summary>More</summary>…</details>
        <input name="a"><input name="b" type="checkbox"><textarea name="c"></textarea>
        <select name="d"><option selected>1</option><option>2</option></select></div>`
      document.querySelector('main')?.insertAdjacentHTML('beforeend', own)
    })
    await page.getByText('More', { exact: true }).click()
    const own = page.locator('#own')
    await own.locator('input[name=a]').fill('typed')
    await own.locator('input[name=b]').check()
    await own.locator('textarea').fill('written')
    await own.locator('select').selectOption('2')
    await own.locator('textarea').focus()
    await page.evaluate(() => {
      const { renderStreamMessage } = Reflect.get(window, 'Turbo') as {
        renderStreamMessage: (html: string) => void
      }
      const colophon = document.querySelector('#colophon')?.cloneNode(true) as HTMLElement
      for (const named of colophon.querySelectorAll('#visitor')) named.innerHTML = 'Sign in'
      const stream = (id: string, html: string) =>
        `<turbo-stream action="replace" method="morph" target="${id}"><template>${html}</template></turbo-stream>`
      const fresh = `<div id="own" class="new"><details><summary>More</summary>…</details>
        <input name="a"><input name="b" type="checkbox"><textarea name="c"></textarea>
        <select name="d"><option selected>1</option><option>2</option></select></div>`
      renderStreamMessage(stream('own', fresh) + stream('colophon', colophon.outerHTML))
    })

    await page.locator('#own.new').waitFor()
    assert.ok(await own.locator('details').evaluate((one) => one.hasAttribute('open')))
    assert.equal(await own.locator('input[name=a]').inputValue(), 'typed')
    assert.ok(await own.locator('input[name=b]').isChecked())
    assert.equal(await own.locator('textarea').inputValue(), 'written')
    assert.equal(await own.locator('select').inputValue(), '2')
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA')
    assert.equal(await page.locator('#visitor').innerText(), name)
    await page.close()
  })

  it('change without motion for who wants none, and are quiet pages without JavaScript', async () => {
    const desk = await deskOf(editor, site)
    const still = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await follow(still, site.url + NEWEST)
    await retitle(editor, desk, 'A Title Without Motion')
    await page.getByRole('heading', { name: 'A Title Without Motion' }).waitFor()
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0)
    assert.match(await page.title(), /^A Title Without Motion/)
    await still.close()

    const plain = await browser.newContext({ javaScriptEnabled: false })
    const quiet = await plain.newPage()
    const sockets: string[] = []
    quiet.on('websocket', (socket) => sockets.push(socket.url()))
    await quiet.goto(site.url + NEWEST)
    await quiet.getByRole('heading', { name: 'A Title Without Motion' }).waitFor()
    assert.deepEqual(sockets, [])
    await retitle(editor, desk, TITLE)
    await plain.close()
  })
})

/** The line between a page and the site, which can be cut. */
class Line {
  #isCut = false
  #sockets = new Set<WebSocketRoute>()
  #joined = Promise.withResolvers<void>()

  async follow(listener: BrowserContext, address: string): Promise<Page> {
    const page = await listener.newPage()
    await page.routeWebSocket(/socket/, (socket) => this.#route(socket))
    await page.goto(address)
    await this.#joined.promise
    return page
  }

  async cut(): Promise<void> {
    this.#isCut = true
    for (const socket of this.#sockets) await socket.close({ code: 3000 })
    this.#sockets.clear()
  }

  async mend(): Promise<void> {
    this.#joined = Promise.withResolvers()
    this.#isCut = false
    await this.#joined.promise
  }

  #route(socket: WebSocketRoute): void {
    if (this.#isCut) return void socket.close({ code: 3000 })
    const server = socket.connectToServer()
    this.#sockets.add(socket)
    server.onMessage((message) => {
      socket.send(message)
      if (isJoined(String(message))) this.#joined.resolve()
    })
  }
}

async function unpublish(editor: Page, desk: string): Promise<void> {
  await editor.goto(`${desk}/publish`)
  await editor.getByText('Unpublish', { exact: true }).first().click()
  await editor.getByRole('button', { name: 'Unpublish' }).click()
  await editor.getByText('Nobody but you').waitFor()
}

async function publish(editor: Page, desk: string): Promise<number> {
  await editor.goto(`${desk}/publish`)
  const button = editor.getByRole('button', { name: /^Publish/ }).first()
  await button.waitFor()
  const since = Date.now()
  await button.click()
  return since
}

async function previousTo(listener: BrowserContext, site: Site): Promise<string> {
  const page = await listener.newPage()
  await page.goto(site.url + NEWEST)
  const href = await page.locator('#turn .previous').getAttribute('href')
  await page.close()
  return href ?? ''
}
