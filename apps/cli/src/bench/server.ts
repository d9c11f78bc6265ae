import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRepo, type Repo, sql } from '@showrunner/data'
import { type Kept, type Live, type Make, PageCache, startLive } from '@showrunner/live'
import { diskStorage } from '@showrunner/storage'
import { localPubSub } from '@showrunner/pubsub'
import { buildApp, buildAssets, diskStaging, type Assets } from '@showrunner/web'
import Fastify, { type FastifyInstance } from 'fastify'
import { Pool } from 'pg'
import { pageByHand } from './by-hand-page.ts'
import { rowsByHand } from './by-hand-rows.ts'

/** What a server process is asked to be. One process each, so that none warms the other's code or fills its heap. */
export interface Role {
  readonly kind:
    'site' | 'site, made anew' | 'site in turn' | 'by hand' | 'by hand, prepared' | 'bare'
  readonly databaseUrl: string
  readonly assetsDir: string
  /** What the bare route answers with. */
  readonly body: string
  readonly type: string
}

/** Asked of a server at any time, and answered with how busy it was. */
export interface Question {
  /** Whether what pages read is noted from now on. It is unless said. */
  readonly isRecording?: boolean
  /** Whether everything is collected first that can be. */
  readonly collects?: boolean
}

export interface Busy {
  /** Milliseconds that the processors were busy with it so far. */
  readonly busyMs: number
  /** On the heap and beside it. */
  readonly bytes: number
}

const SITE = 'http://bench.example'
const CONNECTIONS = 10

let isRecording = true

process.once('message', (role: Role) => void serve(role))
process.once('disconnect', () => process.exit())

async function serve(role: Role): Promise<void> {
  const app = await build(role)
  await app.listen({ port: 0, host: '127.0.0.1' })
  // Listening on an address, not on a pipe.
  const { port } = app.server.address() as AddressInfo
  process.on('message', (question: Question) => process.send?.(answer(question)))
  process.send?.({ port })
}

function answer({ isRecording: records = true, collects = false }: Question): Busy {
  isRecording = records
  if (collects) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const { user, system } = process.cpuUsage()
  const { heapUsed, external } = process.memoryUsage()
  return { busyMs: (user + system) / 1000, bytes: heapUsed + external }
}

async function build(role: Role): Promise<FastifyInstance> {
  if (role.kind === 'bare') return bare(Buffer.from(role.body), role.type)
  const assets = await buildAssets({ outDir: role.assetsDir })
  return role.kind.startsWith('by hand') ? byHand(role, assets) : site(role, assets)
}

async function site({ databaseUrl, kind }: Role, assets: Assets): Promise<FastifyInstance> {
  const created = createRepo({
    url: databaseUrl,
    connections: CONNECTIONS,
    parallelPreloads: kind !== 'site in turn',
  }).unscoped()
  // What the pages read is noted in any case, so that the price of it is that of this one.
  // By turns in one process, as no two of them run quite the same code.
  const repo: Repo = {
    ...created,
    recorded: (reads, work) => (isRecording ? created.recorded(reads, work) : work()),
  }
  const live = kind === 'site' ? await startLive({ repo, databaseUrl }) : await madeAnew(repo)
  const storage = diskStorage({ directory: '/nowhere' })
  const staging = diskStaging({ directory: join(tmpdir(), 'showrunner-bench') })
  const [ready, pubsub] = [async () => [], await localPubSub()]

  return buildApp({ repo, publicUrl: SITE, storage, staging, assets, ready, pubsub, live })
}

/** Each page is made for each who asks, with all that it takes to keep it. */
async function madeAnew(repo: Repo): Promise<Live> {
  const tables = await repo.run(
    sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const pages = new MadeAnew({ repo, mostBytes: 1_000_000 })
  pages.listening(new Set(tables.map(({ name }) => name)))
  const nothing = async () => undefined
  return { pages, caughtUp: nothing, onChange: () => () => undefined, close: nothing }
}

class MadeAnew extends PageCache {
  #asked = 0

  override fresh(): undefined {
    return undefined
  }

  override get(key: string, make: Make): Promise<Kept> {
    return super.get(`${key} ${(this.#asked += 1)}`, make)
  }
}

function bare(body: Buffer, type: string): FastifyInstance {
  const app = Fastify()
  app.get('/', (_request, reply) => reply.type(type).send(body))

  return app
}

function byHand({ databaseUrl, kind }: Role, assets: Assets): FastifyInstance {
  const app = Fastify()
  const prepared = kind === 'by hand, prepared'
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS })
  app.get<{ Params: { podcast: string; episode: string } }>(
    '/:podcast/:episode',
    async ({ params: { podcast, episode } }, reply) => {
      const rows = await rowsByHand(pool, podcast, episode, { prepared })
      return reply
        .type('text/html; charset=utf-8')
        .send(pageByHand(SITE, assets.head, podcast, rows))
    },
  )

  return app
}
