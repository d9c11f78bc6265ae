import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { INHERITED, RUN_FOLDER } from './env.ts'

const MAIN = resolve(import.meta.dirname, '../apps/cli/src/main.ts')

/** A site of its own, started the way `npm start` starts it, on the demo network. */
export interface Site {
  readonly url: string
  readonly port: number
  /** The administrator's one-use link. */
  readonly signInLink: string
  /** Settles when it has said this, from now on, in what it tells whoever runs it. */
  says(text: string): Promise<void>
  /** Ends it and removes what it kept; rejects when it did not leave by itself with 0. */
  stop(): Promise<void>
}

export interface SiteOptions {
  /** With sandboxes for tests; without them what is changed stays, and pages are told of it. */
  readonly sandboxes?: boolean
  /** Of somebody who removes it: sites on one folder are nodes of one. */
  readonly folder?: string
  /** Where browsers find it, where that is not its own port. */
  readonly publicUrl?: string
}

export async function siteFolder(): Promise<string> {
  await mkdir(RUN_FOLDER, { recursive: true })
  return mkdtemp(join(RUN_FOLDER, 'site-'))
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const { sandboxes = true, publicUrl } = options
  const folder = options.folder ?? (await siteFolder())
  const port = randomInt(20_000, 31_000)
  const env = {
    ...INHERITED,
    ...(sandboxes ? { NODE_ENV: 'test', SANDBOX: 'on' } : {}),
    DATA_DIR: folder,
    PORT: String(port),
    ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
  }
  // Over the channel it learns that this process is gone, however it went.
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const
  const child = spawn(process.execPath, [MAIN, 'start'], { env, stdio: [...stdio] })
  // Both are pipes, as asked for above.
  const printed: string[] = []
  child.stderr!.on('data', (chunk) => printed.push(String(chunk)))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const found = { url: '', signInLink: '', port }

  for await (const line of createInterface(child.stdout!)) {
    printed.push(`${line}\n`)
    found.port = Number(/^Port \d+ is taken; this is (\d+)/.exec(line)?.[1] ?? found.port)
    found.url ||= /^The site: +(\S+)/.exec(line)?.[1] ?? ''
    found.signInLink ||= /^Sign in: +(\S+)/.exec(line)?.[1] ?? ''
    if (line.startsWith('Started in')) break
  }
  // Who has signed in by the link of one node needs no other.
  if (!found.url || (!found.signInLink && !options.folder))
    throw new Error(`The site did not start:\n${printed.join('')}`)

  return {
    ...found,
    says(text) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const lines = createInterface(child.stderr!)
      lines.on('line', (line) => {
        if (line.includes(text)) resolve()
      })
      return promise.finally(() => lines.removeAllListeners('line'))
    },
    async stop() {
      child.kill('SIGTERM')
      const code = await ended
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
      if (code !== 0) throw new Error(`The site ended with ${code}:\n${printed.join('')}`)
    },
  }
}
