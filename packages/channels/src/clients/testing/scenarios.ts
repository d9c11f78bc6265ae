/** What a client goes through, and what it saw. Runs in Node and in pages, so it returns what can be written as JSON. */
import {
  answered,
  open,
  presences,
  type Answered,
  type ClientChannel,
  type ClientSocket,
  type Visit,
} from './library.ts'
import { Seen } from './seen.ts'

/** A visit, with a room of its own. */
export interface Play extends Visit {
  readonly room: string
}

interface Said {
  readonly text: string
  readonly by: string
}

const SCENARIOS = {
  async joins({ room, ...visit }: Play) {
    const socket = open(visit)
    const join = (topic: string, params: object) => answered(socket.channel(topic, params).join())
    const seen = {
      in: await join(room, { name: 'ada' }),
      refused: await join('room:locked', { name: 'ada' }),
      wrong: await join(`${room}:2`, { device: 7 }),
      nowhere: await join('cellar:1', {}),
    }
    return seen
  },

  async pushes({ room, ...visit }: Play) {
    const { channel } = await entered(visit, room, 'ada')
    const ask = (event: string, payload: object) => answered(channel.push(event, payload), 'maybe')
    const seen = {
      ok: await ask('say', { text: 'hello' }),
      refused: await ask('wonder', { status: 'error' }),
      another: await ask('wonder', { status: 'maybe' }),
      wrong: await ask('say', { text: 7 }),
      unknown: await ask('dance', {}),
    }
    return seen
  },

  /** One who says something hears it as all do; who whispers does not. Another room hears nothing of it. */
  async broadcasts({ room, ...visit }: Play) {
    const ada = await entered(visit, room, 'ada')
    const bob = await entered(visit, room, 'bob')
    const eve = await entered(visit, `${room}:elsewhere`, 'eve')
    const hears = [ada, bob, eve].map(({ channel }) => saidIn(channel))

    await answered(ada.channel.push('whisper', { text: 'psst' }))
    await answered(ada.channel.push('say', { text: 'hello' }))
    ada.channel.push('mumble', { text: 'to all' })
    await Promise.all([hears[0]?.count(2), hears[1]?.count(3)])
    await answered(eve.channel.push('say', { text: 'alone' }))
    await hears[2]?.count(1)

    return hears.map(({ all }) => all)
  },

  /** Several devices of one person are one person. */
  async presence({ room, ...visit }: Play) {
    const ada = await entered(visit, room, 'ada', 'desk')
    const { lists, changes } = ada.present
    const listed = (list: object) =>
      lists.until((all) => JSON.stringify(all.at(-1)) === JSON.stringify(list))
    await listed({ ada: ['desk'] })
    const phone = await entered(visit, room, 'ada', 'phone')
    await listed({ ada: ['desk', 'phone'] })
    const bob = await entered(visit, room, 'bob', 'tablet')
    await listed({ ada: ['desk', 'phone'], bob: ['tablet'] })
    const seenByBob = await bob.present.lists.until(
      (all) => Object.keys(all.at(-1) ?? {}).length > 1,
    )
    await answered(phone.channel.leave())
    await listed({ ada: ['desk'], bob: ['tablet'] })
    // A server learns only after a while that a client polls no more.
    if (visit.transport === 'longpoll') bob.channel.leave()
    else bob.socket.disconnect()
    await listed({ ada: ['desk'] })

    return { changes: changes.all, seenByBob: seenByBob.at(-1) }
  },

  /** A handler that fails takes its channel down, which comes back; the others on the socket notice nothing. */
  async crashes({ room, ...visit }: Play) {
    const socket = open(visit)
    const [one, other] = [await enteredBy(socket, room), await enteredBy(socket, `${room}:other`)]
    one.channel.push('crash', {})
    await one.events.until((all) => all.includes('error'))
    await one.joins.count(2)
    const seen = {
      after: await answered(one.channel.push('say', { text: 'again' })),
      other: other.events.all,
      events: one.events.all,
    }
    return seen
  },

  async leaves({ room, ...visit }: Play) {
    const socket = open(visit)
    const first = await enteredBy(socket, room)
    const left = await answered(first.channel.leave())
    await first.events.count(1)
    const second = await enteredBy(socket, room)
    const said = saidIn(second.channel)
    await answered(second.channel.push('say', { text: 'back' }))
    await said.count(1)
    return { left, events: first.events.all, said: said.all }
  },

  /** Two of one topic on one socket: the latter stays, and all that is said comes once. */
  async joinsTwice({ room, ...visit }: Play) {
    const socket = open(visit)
    const first = await enteredBy(socket, room)
    const second = await enteredBy(socket, room)
    await first.events.until((all) => all.includes('closed'))
    const said = saidIn(second.channel)
    await answered(second.channel.push('say', { text: 'once' }))
    await answered(second.channel.push('say', { text: 'twice' }))
    await said.count(2)
    const seen = { first: first.channel.state, second: second.channel.state, said: said.all }
    return seen
  },

  /** A channel that the server closes is not joined again. */
  async isClosed({ room, ...visit }: Play) {
    const socket = open(visit)
    const { channel, joins, events } = await enteredBy(socket, room)
    channel.push('close', {})
    await events.count(1)
    const next = await enteredBy(socket, `${room}:next`)
    return {
      events: events.all,
      state: channel.state,
      joins: joins.all.length,
      next: next.joins.all,
    }
  },

  /** A socket that the server disconnects comes again, and all its channels with it. */
  async isDisconnected({ room, ...visit }: Play) {
    const socket = open(visit)
    const one = await enteredBy(socket, room)
    const other = await enteredBy(socket, `${room}:other`)
    one.channel.push('kick', {})
    await Promise.all([one.joins.count(2), other.joins.count(2)])
    const after = await answered(other.channel.push('say', { text: 'again' }))
    return after
  },

  pushesAHundred: (play: Play) => pushesMany(play, 100),
  pushesMore: (play: Play) => pushesMany(play, 250),

  async sendsBytes({ room, ...visit }: Play) {
    const { channel } = await entered(visit, room, 'ada')
    const seen = await answered(channel.push('weigh', new Uint8Array([1, 2, 250]).buffer))
    return seen
  },

  async getsBytes({ room, ...visit }: Play) {
    const ada = await entered(visit, room, 'ada')
    const bob = await entered(visit, room, 'bob')
    const [own, ofAda, ofBob] = [new Seen<number[]>(), new Seen<number[]>(), new Seen<number[]>()]
    ada.channel.on('own', (bytes: ArrayBuffer) => own.add(numbers(bytes)))
    ada.channel.on('bytes', (bytes: ArrayBuffer) => ofAda.add(numbers(bytes)))
    bob.channel.on('bytes', (bytes: ArrayBuffer) => ofBob.add(numbers(bytes)))

    const sent = ada.channel.push('turn', new Uint8Array([1, 2, 250]).buffer)
    const [status, turned] = await answered(sent)
    await answered(ada.channel.push('scatter', { bytes: [0, 91, 255] }))
    await Promise.all([own.count(1), ofAda.count(1), ofBob.count(1)])

    const turnedTo = [status, numbers(turned as ArrayBuffer)]
    return { turnedTo, own: own.all, ofAda: ofAda.all, ofBob: ofBob.all }
  },

  async isNotAdmitted(visit: Play) {
    const failures = new Seen<string>()
    const socket = open(visit, { token: 'stolen' })
    socket.onError(() => failures.add('error'))
    await failures.count(1)
    const seen = socket.isConnected()
    return seen
  },

  /** Its server answers while nothing else is said. */
  async beats({ room, ...visit }: Play) {
    const beats = new Seen<string>()
    const socket = open(visit, {}, { heartbeatIntervalMs: 50 })
    socket.onMessage(({ topic, event }) => topic === 'phoenix' && beats.add(event))
    await enteredBy(socket, room)
    const seen = await beats.count(2)
    return seen.slice(0, 2)
  },
} as const

export type Scenario = keyof typeof SCENARIOS

/** Whatever becomes of it, no socket is left open. */
export async function play(scenario: Scenario, visit: Omit<Play, 'opened'>): Promise<unknown> {
  const opened: ClientSocket[] = []
  try {
    // Copied before the sockets close, of which the channels hear too.
    return structuredClone(await SCENARIOS[scenario]({ ...visit, opened }))
  } finally {
    for (const socket of opened) socket.disconnect()
  }
}

/** How many of them are answered each with its own answer. */
async function pushesMany({ room, ...visit }: Play, count: number): Promise<number> {
  const { channel } = await entered(visit, room, 'ada')
  const texts = Array.from({ length: count }, (_, number) => `text ${number}`)
  const answers = await Promise.all(texts.map((text) => answered(channel.push('say', { text }))))
  return answers.filter(([, response], at) => (response as { said: string }).said === texts[at])
    .length
}

const numbers = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)]

function saidIn(channel: ClientChannel): Seen<Said> {
  const said = new Seen<Said>()
  channel.on('said', (message: Said) => said.add(message))
  return said
}

async function entered(visit: Visit, room: string, name: string, device = '') {
  const socket = open(visit)
  const channel = socket.channel(room, { name, device })
  const present = presences(visit.library, channel)
  await mustJoin(channel)
  return { socket, channel, present }
}

async function enteredBy(socket: ClientSocket, room: string) {
  const channel = socket.channel(room, { name: 'ada' })
  const [joins, events] = [new Seen<Answered>(), new Seen<string>()]
  channel.onError(() => events.add('error'))
  channel.onClose(() => events.add('closed'))
  channel.join().receive('ok', (response) => joins.add(['ok', response]))
  await joins.count(1)
  return { channel, joins, events }
}

async function mustJoin(channel: ClientChannel): Promise<void> {
  const [status, response] = await answered(channel.join())
  if (status !== 'ok') throw new Error(`join was answered ${status}: ${JSON.stringify(response)}`)
}
