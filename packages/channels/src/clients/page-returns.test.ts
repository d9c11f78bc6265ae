import { after, before, describe, it } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { call, openBrowser, withoutBrowser } from './testing/browser.ts'
import { guest } from './testing/guest.ts'
import { openHouse } from './testing/house.ts'
import { libraryOf } from './testing/libraries.ts'
import { tcpProxy } from './testing/tcp-proxy.ts'

const ROOM = 'room:lobby'

let browser: Browser
if (!withoutBrowser) {
  before(async () => (browser = await openBrowser()))
  after(() => browser.close())
}

const shows = (page: Page, list: string) =>
  page.waitForFunction(`document.querySelector('#here').textContent === '${list}'`, undefined, {
    polling: 50,
  })

describe('A page', { skip: withoutBrowser }, () => {
  it('is back when its network is, and when its server is', async (t) => {
    const house = await openHouse()
    t.after(() => house.close())
    const wire = await tcpProxy({ port: house.port })
    t.after(() => wire.close())
    const bob = await guest({
      library: libraryOf('phoenix'),
      transport: 'websocket',
      endPoint: house.endPoint,
      room: ROOM,
      name: 'bob',
    })
    t.after(() => bob.leave())
    const page = await browser.newPage()
    t.after(() => page.close())
    await page.goto(`http://127.0.0.1:${wire.port}/with/phoenix`)
    await call(page, 'enter', ROOM, 'ada')
    await Promise.all([shows(page, 'ada bob'), bob.sees({ ada: [''], bob: [''] })])

    wire.cut()
    await bob.sees({ bob: [''] })
    wire.heal()
    await bob.sees({ ada: [''], bob: [''] })
    await shows(page, 'ada bob')

    await house.close()
    const again = await openHouse({ port: house.port })
    t.after(() => again.close())
    await bob.joins.count(2)
    await bob.sees({ ada: [''], bob: [''] })
    await shows(page, 'ada bob')
  })

  it('stays while it is frozen, and has heard everything when it thaws', async (t) => {
    const house = await openHouse()
    t.after(() => house.close())
    const page = await browser.newPage()
    t.after(() => page.close())
    await page.goto(`${house.url}/with/phoenix`)
    await call(page, 'enter', ROOM, 'ada')
    const bob = await guest({
      library: libraryOf('phoenix'),
      transport: 'websocket',
      endPoint: house.endPoint,
      room: ROOM,
      name: 'bob',
    })
    t.after(() => bob.leave())
    const devtools = await page.context().newCDPSession(page)

    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await bob.say('while you slept')
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })

    await page.waitForFunction(`heard().includes('while you slept')`, undefined, { polling: 50 })
    await bob.sees({ ada: [''], bob: [''] })
  })
})
