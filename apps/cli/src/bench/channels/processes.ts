import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Told } from './presences-told.ts'
import {
  type BroadcastAt,
  type ClientRequest,
  type Echoed,
  type HeardAt,
  type Memory,
  type ServerRequest,
  type Usage,
} from './requests.ts'
import { type Subject } from './subjects.ts'

/** A process that is asked one thing after the other. */
interface Asked<Request> {
  readonly ask: <Answer>(request: Request) => Promise<Answer>
  readonly stop: () => void
}

export interface Server {
  readonly port: number
  memory(): Promise<Memory>
  broadcast(text: string): Promise<BroadcastAt>
  usage(): Promise<Usage>
  stop(): void
}

export interface Clients {
  connect(port: number, dialect: Subject | 'presence', count: number): Promise<object>
  join(): Promise<object>
  hear(texts: number): Promise<HeardAt>
  echo(seconds: number): Promise<Echoed>
  told(): Promise<Told>
  stop(): void
}

export async function startServer(subject: Subject): Promise<Server> {
  const child = fork(path('server-process.ts'), [subject], { execArgv: ['--expose-gc'] })
  const { port } = await next<{ port: number }>(child, `the ${subject} server`)
  const { ask, stop } = asked<ServerRequest>(child, `the ${subject} server`)
  return {
    port,
    memory: () => ask({ do: 'memory' }),
    broadcast: (text) => ask({ do: 'broadcast', text }),
    usage: () => ask({ do: 'usage' }),
    stop,
  }
}

export async function startClients(): Promise<Clients> {
  const child = fork(path('client-process.ts'))
  await next(child, 'the clients')
  const { ask, stop } = asked<ClientRequest>(child, 'the clients')
  return {
    connect: (port, dialect, count) => ask({ do: 'connect', port, dialect, count }),
    join: () => ask({ do: 'join' }),
    hear: (texts) => ask({ do: 'hear', texts }),
    echo: (seconds) => ask({ do: 'echo', seconds }),
    told: () => ask({ do: 'told' }),
    stop,
  }
}

/** A server and clients who joined it. */
export interface Pair {
  readonly subject: Subject
  readonly server: Server
  readonly clients: Clients
}

export async function startPair(subject: Subject, count: number): Promise<Pair> {
  const [server, clients] = await Promise.all([startServer(subject), startClients()])
  await clients.connect(server.port, subject, count)
  await clients.join()
  return { subject, server, clients }
}

export function stopPairs(pairs: readonly Pair[]): void {
  for (const { server, clients } of pairs) {
    clients.stop()
    server.stop()
  }
}

function path(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

function asked<Request extends ServerRequest | ClientRequest>(
  child: ChildProcess,
  name: string,
): Asked<Request> {
  return {
    ask: (request) => {
      child.send(request)
      return next(child, name)
    },
    stop: () => child.kill('SIGKILL'),
  }
}

function next<Answer>(child: ChildProcess, name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`${name} ended with ${code ?? 'a signal'}`))
    child.once('exit', ended)
    child.once('message', (answer: Answer) => {
      child.off('exit', ended)
      resolve(answer)
    })
  })
}
