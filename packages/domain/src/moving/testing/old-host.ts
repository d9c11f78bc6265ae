import { type RequestListener } from 'node:http'
import { type TestContext } from 'node:test'
import { mp3Frames } from '@showrunner/audio/testing'
import { change, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { aPerson, serving, temporaryStaging } from '../../testing/index.ts'
import { bringFile } from '../index.ts'

/** So far ahead that what is to wait from then on is not due while a test runs. */
export const NOW = new Date('2099-11-20T12:00:00Z')

/** Silence of four seconds. */
export const SOUND = mp3Frames(Array.from({ length: 153 }, () => 128))

type Answer = Uint8Array | number | RequestListener

/** A host whose files are brought elsewhere: what it has at each path, and how often it was asked. */
export async function oldHost(t: Pick<TestContext, 'after'>, files: Record<string, Answer>) {
  const asked: string[] = []
  const base = await serving(t, '', (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = files[path] ?? 404
    if (typeof answer === 'function') answer(request, response)
    else if (typeof answer === 'number') response.writeHead(answer).end('<p>No.</p>')
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer)
  })
  return {
    asked,
    at: (path: string) => base + path,
    /** From now on it has this there. */
    has: (path: string, answer: Answer) => void (files[path] = answer),
  }
}

/** A network that files are brought to, at a time that can be moved on. */
export async function newHome(repo: Repo, t: Pick<TestContext, 'after'>) {
  let now = NOW
  const parts = {
    repo,
    clock: () => now,
    storage: temporaryStorage(t),
    staging: temporaryStaging(t),
    reachesPrivate: true,
  }
  const person = await aPerson(repo, 'Mo Ver')
  const mover = await repo.updateOrThrow(change(person, { admin: true }))
  return {
    parts,
    mover,
    /** Does what is due, and says what was done. */
    perform: () => performWaiting(repo, [bringFile], parts),
    /** Does the job of a file as if its time had come. */
    again: async (fileId: number, later = 0) => {
      now = new Date(now.getTime() + later)
      await bringFile.run(parts, { fileId })
    },
  }
}
