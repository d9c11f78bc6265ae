import { after, before, describe } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { call, openBrowser, withoutBrowser } from './testing/browser.ts'
import { everyClient } from './testing/every-client.ts'
import { openHouse, type House } from './testing/house.ts'
import { type LibraryName } from './testing/libraries.ts'
import { type Speech } from './testing/library.ts'
import { type Scenario } from './testing/scenarios.ts'

let house: House
let browser: Browser
const pages = new Map<LibraryName, Promise<Page>>()

if (!withoutBrowser) {
  before(async () => {
    house = await openHouse()
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await house.close()
  })
}

let rooms = 0

async function opened(name: LibraryName): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${house.url}/with/${name}`)
  return page
}

const playIn = (page: Page, scenario: Scenario, speech: Speech) =>
  call(page, 'play', scenario, { ...speech, endPoint: '/socket', room: `room:${++rooms}` })

function playing(name: LibraryName, speech: Speech) {
  return async (scenario: Scenario): Promise<unknown> => {
    const page = pages.get(name) ?? opened(name)
    pages.set(name, page)
    return playIn(await page, scenario, speech)
  }
}

/** For a client that ends none of its polls: a browser has six for a host, so soon nothing goes any more. */
function playingAnew(name: LibraryName, speech: Speech) {
  return async (scenario: Scenario): Promise<unknown> => {
    const page = await opened(name)
    const seen = await playIn(page, scenario, speech)
    await page.close()
    return seen
  }
}

describe('In a browser', { skip: withoutBrowser }, () => {
  everyClient((name, speech) => {
    const play = name === 'phoenix-1.2' && speech.transport === 'longpoll' ? playingAnew : playing
    return play(name, speech)
  })
})
