import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { type TestContext } from 'node:test'

/** A mail as the server took it. */
export interface Taken {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body, as they came over the wire. */
  readonly source: string
}

export interface FakeSmtp {
  /** `smtp://…`, for who sends. */
  readonly url: string
  readonly taken: readonly Taken[]
  /** The credentials that were given, decoded. */
  readonly credentials: readonly string[]
}

interface Behaviour extends Partial<Refusing> {
  /** What happens when it has taken a mail, and has not said so yet. */
  readonly onTaken?: (mail: Taken) => void
}

/** A mail server that speaks the protocol, until the test is over; it refuses who is at `refuses`, with these words, so often. */
export async function fakeSmtp(
  t: Pick<TestContext, 'after'>,
  {
    refuses,
    words = '550 5.1.1 nobody of that name',
    times = Infinity,
    onTaken = () => undefined,
  }: Behaviour = {},
): Promise<FakeSmtp> {
  const taken: Taken[] = []
  const credentials: string[] = []
  const refusal = refusing({ refuses, words, times })
  const take = (mail: Taken) => {
    taken.push(mail)
    onTaken(mail)
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // Who talks to it may leave in the middle.
    socket.on('error', () => undefined)
    talk(socket, { take, credentials, refusal }).catch(() => undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return { url: `smtp://ines:s3cret@127.0.0.1:${address.port}`, taken, credentials }
}

interface Refusing {
  readonly refuses: string | undefined
  readonly words: string
  readonly times: number
}

/** What is said to who is refused; undefined for anybody else. */
function refusing({ refuses, words, times }: Refusing): (address: string) => string | undefined {
  let left = times
  return (address) => {
    if (refuses === undefined || !address.endsWith(refuses) || left === 0) return undefined
    left -= 1
    return words
  }
}

interface Session {
  readonly refusal: (address: string) => string | undefined
  readonly take: (mail: Taken) => void
  readonly credentials: string[]
}

async function talk(socket: Socket, { take, credentials, refusal }: Session): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`)
  const lines = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]()
  let from = ''
  let to: string[] = []
  say('220 fake.example ESMTP')
  for await (const line of { [Symbol.asyncIterator]: () => lines }) {
    const [verb = ''] = line.toUpperCase().split(' ')
    if (verb === 'EHLO') say('250-fake.example\r\n250-8BITMIME\r\n250 AUTH PLAIN')
    else if (verb === 'AUTH') {
      credentials.push(Buffer.from(line.split(' ')[2] ?? '', 'base64').toString())
      say('235 welcome')
    } else if (verb === 'MAIL') {
      from = addressIn(line)
      to = []
      say('250 ok')
    } else if (verb === 'RCPT') {
      const refused = refusal(addressIn(line))
      if (refused === undefined) to.push(addressIn(line))
      say(refused ?? '250 ok')
    } else if (verb === 'DATA') {
      say('354 go on')
      take({ from, to, source: await data(lines) })
      say('250 taken')
    } else if (verb === 'QUIT') {
      say('221 bye')
      socket.end()
    } else say('502 not here')
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? ''
}

/** Up to the line with nothing but a dot; a line that begins with one came with another before it. */
async function data(lines: AsyncIterator<string>): Promise<string> {
  const read: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done) throw new Error('whoever sent it left in the middle')
    if (value === '.') return read.join('\n')
    read.push(value.startsWith('.') ? value.slice(1) : value)
  }
}
