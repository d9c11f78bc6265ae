import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Repo } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { partsOfJobs } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type InjectOptions } from 'fastify'
import { diskStaging } from '../uploads/disk-staging.ts'
import { asked } from './an-api.ts'
import { NOW, testApp } from './test-app.ts'

/** A site whose jobs are done when it is said, and somebody's token there. */
export async function anApi(repo: Repo) {
  const storage = temporaryStorage()
  const staging = diskStaging({ directory: mkdtempSync(join(tmpdir(), 'showrunner-staging-')) })
  const app = await testApp(repo, { storage, staging })
  const parts = { ...partsOfJobs(repo, { asOf: NOW, sent: [] }), storage, staging }
  const as =
    (secret: string) => (options: Omit<InjectOptions, 'url'> & { readonly path: string }) => {
      const { path, headers, ...rest } = options
      const authorization = `Bearer ${secret}`
      return asked(app, { ...rest, url: `/api/v1${path}`, headers: { authorization, ...headers } })
    }
  return { app, as, perform: () => performWaiting(repo, JOBS, parts) }
}

/** A draft of theirs, made by the API. */
export async function aDraft(send: ReturnType<Awaited<ReturnType<typeof anApi>>['as']>, said = {}) {
  const made = await send({
    path: '/podcasts/local-time/episodes',
    method: 'POST',
    payload: { title: 'The lamp', summary: 'Of a lamp.', ...said },
  })
  assert.equal(made.statusCode, 201, made.body)
  return made.json as { id: number; version: number; slug: string }
}
