import assert from 'node:assert/strict'
import { type Repo } from '@showrunner/data'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localPubSub } from '@showrunner/pubsub'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { type Assets } from '../assets/assets.ts'
import { type Parts } from '../parts.ts'
import { safeHtml } from '../safe-html.ts'
import { diskStaging } from '../uploads/disk-staging.ts'

/** When every test takes place. */
export const NOW = new Date('2026-11-20T12:00:00Z')

export const PUBLIC_URL = 'https://radio.example'

const ASSETS: Assets = {
  head: safeHtml('<link rel="stylesheet" href="/assets/main.css">'),
  adminHead: safeHtml('<link rel="stylesheet" href="/assets/admin.css">'),
  embedHead: safeHtml('<link rel="stylesheet" href="/assets/embed.css">'),
  connectTo: [],
  serve: async () => {},
  close: async () => {},
}

/** The site on a test's own database. Its assets are not built: nothing here looks at them. */
export async function testApp(repo: Repo, parts: Partial<Parts> = {}): Promise<FastifyInstance> {
  return buildApp({
    repo,
    publicUrl: PUBLIC_URL,
    storage: temporaryStorage(),
    staging: diskStaging({ directory: mkdtempSync(join(tmpdir(), 'showrunner-staging-')) }),
    assets: ASSETS,
    pubsub: await localPubSub(),
    ready: async () => [],
    clock: () => NOW,
    ...parts,
  })
}

/** A page as a visitor gets it. None ever says `null` for something it does not know. */
export async function page(app: FastifyInstance, url: string) {
  const response = await app.inject({ url })
  assert.doesNotMatch(
    response.body,
    />\s*(null|undefined|NaN|\[object Object\])|"(null|undefined)"/,
  )

  return { ...response, status: response.statusCode, html: response.body }
}
