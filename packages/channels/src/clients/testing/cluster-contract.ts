import assert from 'node:assert/strict'
import { it, type TestContext } from 'node:test'
import { type Page } from 'playwright-core'
import { call, openBrowser, withoutBrowser } from './browser.ts'
import { ClusterNode, type Bus } from './cluster-node.ts'
import { guest, type Guest } from './guest.ts'
import { libraryOf } from './libraries.ts'

const ROOM = 'room:conference'

/** Three nodes, and at each a client and, where there is a browser, a page that shows the list. */
interface Conference {
  readonly one: ClusterNode
  readonly two: ClusterNode
  readonly three: ClusterNode
  readonly ada: Guest
  readonly bob: Guest
  readonly cleo: Guest
  readonly pages: readonly Page[]
}

const AT_ONE = withoutBrowser ? ['ada'] : ['ada', 'pam']
const AT_TWO = withoutBrowser ? ['bob'] : ['bob', 'quin']
const AT_THREE = withoutBrowser ? ['cleo'] : ['cleo', 'rex']
const ALL = [...AT_ONE, ...AT_TWO, ...AT_THREE]

/** What a cluster does over any bus. A reason to skip it, or the bus. */
export function clusterContract(open: (t: TestContext) => Promise<Bus | string>): void {
  void it('falls apart and is whole again, loses a node, and has one replaced', async (t) => {
    const bus = await open(t)
    if (typeof bus === 'string') return t.skip(bus)
    const conference = await opened(t, bus)
    await allSee(conference, ALL)
    await isCutAndHealed(conference)
    await losesANode(conference)
    await hasANodeReplaced(conference)
    await isOver(conference)
    return undefined
  })
}

async function opened(t: TestContext, bus: Bus): Promise<Conference> {
  const start = async (name: string) => {
    const node = await ClusterNode.start(name, bus)
    t.after(async () => {
      await node.kill()
      await node.wire.close()
    })
    return node
  }
  const [one, two, three] = [await start('one'), await start('two'), await start('three')]
  const [ada, bob, cleo] = [
    await comes(t, one, 'ada'),
    await comes(t, two, 'bob'),
    await comes(t, three, 'cleo'),
  ]
  return { one, two, three, ada, bob, cleo, pages: await pagesAt(t, [one, two, three]) }
}

async function comes(t: TestContext, { endPoint }: ClusterNode, name: string): Promise<Guest> {
  const one = await guest({
    library: libraryOf('phoenix'),
    transport: 'websocket',
    endPoint,
    room: ROOM,
    name,
    options: { heartbeatIntervalMs: 1_000 },
  })
  t.after(() => one.leave())
  return one
}

async function pagesAt(t: TestContext, nodes: readonly ClusterNode[]): Promise<readonly Page[]> {
  if (withoutBrowser) return []
  const browser = await openBrowser()
  t.after(() => browser.close())
  const names = ['pam', 'quin', 'rex']
  return Promise.all(
    nodes.map(async ({ url }, at) => {
      const page = await browser.newPage()
      await page.goto(`${url}/with/phoenix`)
      await call(page, 'enter', ROOM, names[at])
      return page
    }),
  )
}

/** Two that hear each other and one that hears nobody; then the lists are as if nothing had been. */
async function isCutAndHealed(conference: Conference): Promise<void> {
  const { three, ada, bob, cleo, pages } = conference
  const refs = ada.present.refs()
  assert.deepEqual(bob.present.refs(), refs)
  assert.deepEqual(cleo.present.refs(), refs)

  three.wire.cut()
  await Promise.all([
    ...[ada, bob].map((one) => sees(one, [...AT_ONE, ...AT_TWO])),
    ...pages.slice(0, 2).map((page) => shows(page, [...AT_ONE, ...AT_TWO])),
    sees(cleo, AT_THREE),
    ...pages.slice(2).map((page) => shows(page, AT_THREE)),
  ])
  await bob.say('on this side')
  await cleo.say('on the other side')
  await Promise.all([ada.said.count(1), cleo.said.count(1)])

  three.wire.heal()
  await allSee(conference, ALL)
  assert.deepEqual(
    [ada, bob, cleo].map((one) => one.present.refs()),
    [refs, refs, refs],
  )
  for (const page of pages) assert.deepEqual(await call(page, 'refs'), refs)
  await ada.say('to all')
  const heard = await Promise.all([ada, bob, cleo].map((one) => one.said.count(2)))
  assert.deepEqual(heard, [
    ['on this side', 'to all'],
    ['on this side', 'to all'],
    ['on the other side', 'to all'],
  ])
}

/** Who was at a node that died is gone for the others, and comes back when it does. */
async function losesANode(conference: Conference): Promise<void> {
  const { two, ada, cleo, bob, pages } = conference
  const rest = [...AT_ONE, ...AT_THREE]
  await two.kill()
  await Promise.all([
    ...[ada, cleo].map((one) => sees(one, rest)),
    ...pages.filter((_page, at) => at !== 1).map((page) => shows(page, rest)),
  ])
  await two.run()
  await allSee(conference, ALL)
  await bob.say('back')
  await cleo.said.until((all) => all.includes('back'))
}

/** Its clients are told to come again, and do. */
async function hasANodeReplaced(conference: Conference): Promise<void> {
  const { one, ada, bob } = conference
  const before = ada.present.refs()
  assert.equal(await one.end(), 0)
  await one.run()
  await ada.joins.count(2)
  await allSee(conference, ALL)
  assert.equal(ada.codes.all[0], 1012)
  const changed = (guest: Guest) =>
    guest.present.refs().filter((ref) => !before.includes(ref)).length
  await bob.present.lists.until(() => changed(bob) === AT_ONE.length)
  await allSee(conference, ALL)
}

async function isOver({ one, two, three, ada, bob, cleo, pages }: Conference): Promise<void> {
  for (const guest of [ada, bob, cleo]) guest.leave()
  for (const page of pages) await page.close()
  for (const node of [one, two, three]) await node.isEmpty(ROOM)
  for (const node of [one, two, three]) assert.equal(await node.end(), 0)
}

async function allSee({ ada, bob, cleo, pages }: Conference, names: readonly string[]) {
  await Promise.all([
    ...[ada, bob, cleo].map((one) => sees(one, names)),
    ...pages.map((page) => shows(page, names)),
  ])
}

function sees(one: Guest, names: readonly string[]): Promise<void> {
  const list = [...names].sort().map((name) => [name, ['']] as const)
  return one.sees(Object.fromEntries(list))
}

async function shows(page: Page, names: readonly string[]): Promise<void> {
  const wanted = JSON.stringify([...names].sort().join(' '))
  await page.waitForFunction(
    `document.querySelector('#here').textContent === ${wanted}`,
    undefined,
    {
      polling: 50,
    },
  )
}
