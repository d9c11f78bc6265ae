import { createRepo, type Repo } from '@showrunner/data'
import { createSandboxes } from '@showrunner/data/sandboxes'
import { JOBS, type JobParts } from '@showrunner/domain/jobs'
import { rebalancing } from '@showrunner/channels'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Assets, buildApp, type Parts } from '@showrunner/web'
import { createServices } from '@showrunner/presence'
import { type PubSub } from '@showrunner/pubsub'
import { startWorker, type Worker } from '@showrunner/worker'
import { type Env } from '../env.ts'
import { errorCode } from '../errors.ts'
import { freePort } from './free-port.ts'
import { jobParts, keepsMail } from './job-parts.ts'
import { liveOn } from './live.ts'
import { secretsOf } from './memberful.ts'
import { watchReadiness } from './readiness.ts'
import { pubsubOf } from './pubsub.ts'
import { slackOf } from './slack.ts'
import { stagingOf, storageParts } from './storage.ts'
import { watchUnspoken } from './unspoken.ts'

const FINISH_MS = 8_000

export interface SiteOptions {
  readonly env: Env
  readonly databaseUrl: string
  readonly assets: Assets
  /** Runs the jobs and the schedule in this process too. */
  readonly worker: boolean
  /** Reads the views again for every page. */
  readonly development: boolean
}

/** A site that answers. */
export interface Site {
  readonly port: number
  /** The address visitors see. */
  readonly publicUrl: string
  readonly repo: Repo
  /** Takes no more requests, finishes those under way, ends the jobs, closes the connections. */
  readonly stop: () => Promise<void>
}

export async function serveSite(options: SiteOptions): Promise<Site> {
  const { env, databaseUrl } = options
  const files = await storageParts(env)
  const repo = createRepo({ url: databaseUrl }).unscoped()
  const sandboxes = env.SANDBOX && createSandboxes(databaseUrl)
  const readiness = watchReadiness(databaseUrl, files.storage)
  const pubsub = await pubsubOf(env, databaseUrl)
  // What a test writes is never committed, and told to nobody.
  const live = sandboxes ? undefined : await liveOn(databaseUrl, repo, options)
  const close = () =>
    Promise.all([
      repo.close(),
      sandboxes?.close(),
      readiness.close(),
      pubsub.close(),
      live?.close(),
    ])
  const { app, port, publicUrl } = await listen(
    options,
    {
      ...(sandboxes ? { repo: sandboxes.repo.unscoped(), sandboxes } : { repo }),
      ready: readiness.reasons,
      pubsub,
      ...(live && { live }),
      ...files,
    },
    env.PORT,
  ).catch(async (error: unknown) => {
    // What listens to the database would keep a program alive that has nothing to do.
    await close()
    throw error
  })
  const neighbours = withNeighbours(app, pubsub)
  const worker = options.worker
    ? await startWorkerFor(databaseUrl, jobParts(env, repo, publicUrl), app.log)
    : undefined
  return {
    port,
    publicUrl,
    repo,
    async stop() {
      // First, so that the other nodes do not count those who come to them as a surplus.
      await neighbours.stop()
      await atMost(FINISH_MS, app.close())
      await worker?.stop()
      await close()
    },
  }
}

/** What the nodes know of each other: how many sockets each has, so that one with far too many sends some on. */
function withNeighbours(app: App, pubsub: PubSub): { stop(): Promise<void> } {
  const log = (_level: string, message: string) => app.log.info(message)
  const services = createServices({ pubsub, log })
  const balance = rebalancing({ services, sockets: app.sockets, log })
  return {
    async stop() {
      balance.stop()
      await services.stop()
    },
  }
}

type App = Awaited<ReturnType<typeof buildApp>>

/** The port decides the address in every page, so it is chosen before the app is built. */
async function listen(
  options: SiteOptions,
  data: Pick<
    Parts,
    'repo' | 'live' | 'sandboxes' | 'ready' | 'pubsub' | 'storage' | 'storagePublicUrl'
  >,
  from: number,
): Promise<{ app: App; port: number; publicUrl: string }> {
  const { env, assets, development } = options
  const port = await freePort(env.HOST, from)
  const publicUrl = publicUrlOf(env, port)
  const app = await buildApp({
    ...data,
    publicUrl,
    staging: stagingOf(env),
    assets,
    development,
    keepsMail: keepsMail(env),
    ...githubOf(env),
    slack: slackOf(env),
    slackSigningSecret: env.SLACK_SIGNING_SECRET,
    ...secretsOf(env),
    ...(data.sandboxes ? sandboxJobs(env, data.repo, publicUrl) : {}),
    logger: { level: logLevel(env) },
  })
  const endUnspoken = watchUnspoken(app.server)
  app.addHook('preClose', async () => endUnspoken())
  try {
    await app.listen({ host: env.HOST, port })
    return { app, port, publicUrl }
  } catch (error) {
    // Somebody took it after we looked.
    if (errorCode(error) !== 'EADDRINUSE') throw error
    await app.close()
    return listen(options, data, port + 1)
  }
}

/** The address visitors see: the one that was given, or this machine's. */
export function publicUrlOf({ PUBLIC_URL }: Pick<Env, 'PUBLIC_URL'>, port: number): string {
  return PUBLIC_URL ?? `http://localhost:${port}`
}

function logLevel({ LOG_LEVEL, NODE_ENV }: Env): string {
  return LOG_LEVEL ?? (NODE_ENV === 'production' ? 'info' : 'warn')
}

function githubOf({
  GITHUB_CLIENT_ID: clientId,
  GITHUB_CLIENT_SECRET: clientSecret,
}: Env): Pick<Parts, 'github'> {
  return clientId && clientSecret ? { github: { clientId, clientSecret } } : {}
}

/** A sandbox is seen by no worker: its jobs are done where the request is. */
function sandboxJobs(env: Env, repo: Repo, publicUrl: string): Pick<Parts, 'performWaiting'> {
  const parts = jobParts(env, repo, publicUrl)
  return { performWaiting: () => performWaiting(repo, JOBS, parts) }
}

async function startWorkerFor(
  databaseUrl: string,
  parts: JobParts,
  log: App['log'],
): Promise<Worker> {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return startWorker({
    ...parts,
    databaseUrl,
    log: (level, message) => log[levels[level]](message),
  })
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
