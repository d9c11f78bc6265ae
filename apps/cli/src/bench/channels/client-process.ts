import { DIALECTS, type Dialect } from './dialects.ts'
import { RawClient } from './raw-client.ts'
import { presencesOf, type Told } from './presences-told.ts'
import { type ClientRequest, type Echoed, type HeardAt } from './requests.ts'
import { TEXT } from './subjects.ts'
import { textFrame } from './text-frame.ts'

/** So many connect at a time: the queue of a server that listens is not endless. */
const AT_ONCE = 256

const clients: RawClient[] = []
let dialect: Dialect
let texts = 0
let bytes = 0
let heardAt = 0
let wanted: { readonly texts: number; readonly resolve: () => void } | undefined
let echoing = false
let echo: Buffer

const now = () => Number(process.hrtime.bigint()) / 1e6
const listening = {
  told(client: RawClient, frame: Buffer, from: number, to: number) {
    texts += 1
    bytes += to - from
    if (echoing) return client.send(echo)
    if (client === clients[0]) first.push(frame.toString('utf8', from, to))
    if (client === clients.at(-1)) last.push(frame.toString('utf8', from, to))
    // The last client of a broadcast, which every client gets once.
    if (texts % clients.length === 0) heardAt = now()
    if (wanted && texts >= wanted.texts) wanted.resolve()
  },
  lost(error: Error) {
    throw error
  },
}
/** What the first and the last client were told. */
let first: string[] = []
let last: string[] = []

process.on('message', (request: ClientRequest) => {
  void answer(request).then((result) => process.send?.(result))
})
process.once('disconnect', () => process.exit())
process.send?.({ ready: true })

async function answer(request: ClientRequest): Promise<HeardAt | Echoed | Told | object> {
  switch (request.do) {
    case 'connect':
      return open(request)
    case 'join':
      await Promise.all(clients.map((client) => client.join()))
      return {}
    case 'hear':
      return hear(request.texts)
    case 'echo':
      return keepEchoing(request.seconds)
    case 'told':
      return { texts, bytes, first: presencesOf(first), last: presencesOf(last) }
    default:
      throw new Error(`unknown request: ${JSON.stringify(request satisfies never)}`)
  }
}

async function open({ port, dialect: name, count }: ClientRequest & { do: 'connect' }) {
  dialect = DIALECTS[name]
  echo = textFrame(dialect.echo, { masked: true })
  while (clients.length < count) {
    const some = Array.from(
      { length: Math.min(AT_ONCE, count - clients.length) },
      () => new RawClient(port, dialect, listening),
    )
    await Promise.all(some.map((client) => client.opened))
    clients.push(...some)
  }
  return {}
}

async function hear(count: number): Promise<HeardAt> {
  if (texts < count) {
    await new Promise<void>((resolve) => {
      wanted = { texts: count, resolve }
    })
  }
  wanted = undefined
  forget()
  return { at: heardAt }
}

function forget(): void {
  first = []
  last = []
}

/** Each client sends the next when it was answered. */
async function keepEchoing(seconds: number): Promise<Echoed> {
  await checkEcho()
  texts = 0
  echoing = true
  const from = now()
  for (const client of clients) client.send(echo)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  echoing = false
  const until = now()
  const trips = texts
  // What is still on its way belongs to nobody.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return { trips, seconds: (until - from) / 1000 }
}

async function checkEcho(): Promise<void> {
  texts = 0
  forget()
  clients[0]?.send(echo)
  await new Promise<void>((resolve) => {
    wanted = { texts: 1, resolve }
  })
  wanted = undefined
  const [answered = ''] = first
  if (!answered.includes(TEXT)) throw new Error(`expected an echo, got: ${answered}`)
}
