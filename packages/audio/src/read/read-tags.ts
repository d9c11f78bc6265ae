import { Worker } from 'node:worker_threads'
import { AudioError } from '../errors.ts'
import { type Tagged } from './tags.ts'

export interface TagTask {
  readonly path: string
  readonly mediaType: string
}

export type TagAnswer =
  | { readonly ok: true; readonly tagged: Tagged }
  | { readonly ok: false; readonly code: 'damaged' | 'too-large'; readonly reason: string }

const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }

/**
 * Reads tags with music-metadata, in a thread of its own: a file made to spin or to fill the memory costs that thread its
 * life, when the signal or the limit says so, and nobody else anything.
 *
 * @throws {AudioError} where the library cannot make sense of the file.
 */
export async function readTags(task: TagTask, signal: AbortSignal): Promise<Tagged> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('tag-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: LIMITS,
    env: {},
  })
  try {
    const answer = await answerOf(worker, signal)
    if (answer.ok) return answer.tagged
    if (answer.code === 'too-large') throw tooLarge(answer.reason)
    throw new AudioError(
      'damaged',
      `The file is broken or was cut short (${answer.reason}). Export it again, then upload it again.`,
    )
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker, signal: AbortSignal): Promise<TagAnswer> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge('they do not end') : error)
    })
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new Error('the thread that reads tags ended without an answer'))
    })
  })
}

function tooLarge(reason: string): AudioError {
  return new AudioError(
    'too-large',
    `Its tags are too large to be titles and pictures (${reason}). Export it again without them.`,
  )
}
