import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FeedError } from '../errors.ts'
import { type Feed, type FeedItem } from '../feed.ts'
import { readChannel } from './channel.ts'
import { decode } from './decode.ts'
import { DEFAULT_LIMITS, type ReadLimits, RssDocument } from './document.ts'
import { readItem } from './item.ts'
import { type FeedWarning, Reading } from './reading.ts'

export interface ReadFeedOptions {
  /** Where the document comes from. Relative addresses in it are resolved against this. */
  readonly baseUrl?: string | null
  /** The encoding the server named in `Content-Type`; the document's own word goes first. */
  readonly charset?: string | null
  readonly limits?: Partial<ReadLimits>
}

export interface ReadFeed {
  readonly feed: Feed
  /** What was left out or mended, in the order it was met. */
  readonly warnings: readonly FeedWarning[]
}

/**
 * Reads an RSS 2.0 podcast feed: strict about XML, lenient about what stands in it. Nothing the document names is ever
 * loaded, and what goes over a limit is refused while it is being read.
 *
 * @throws {FeedError} with a message for the person who asked, when the document is no readable feed.
 */
export async function readFeed(
  source: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: ReadFeedOptions = {},
): Promise<ReadFeed> {
  const reading = new Reading(options.baseUrl ?? null)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const items = new Map<string, FeedItem>()
  const document = new RssDocument(limits, {
    warn: (line, message) => reading.warn(line, message),
    item: (node) => {
      const item = readItem(node, reading)
      if (item === null) return
      if (!items.has(item.guid)) items.set(item.guid, item)
      else
        reading.warn(
          node.line,
          `the guid ${JSON.stringify(item.guid)} is there twice; the first item is kept`,
        )
    },
  })

  for await (const text of texts(source, options.charset ?? null, limits, reading))
    document.write(text)
  const feed = readChannel(document.end(), [...items.values()], reading)
  if (feed.title === '')
    throw new FeedError('not-a-feed', 'the feed has no <title>, which every podcast needs')
  return { feed, warnings: reading.allWarnings() }
}

/** Reads a feed from a file. @throws {FeedError} as `readFeed` does, and with the code `unreadable` for the file itself. */
export async function readFeedFile(path: string, options: ReadFeedOptions = {}): Promise<ReadFeed> {
  try {
    return await readFeed(fileChunks(path), options)
  } catch (error) {
    throw error instanceof FeedError ? error.in(basename(path)) : error
  }
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path)
  try {
    yield* stream
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new FeedError('unreadable', `the file cannot be read: ${cause.message}`, {
      cause,
    })
  }
}

function texts(
  source: Uint8Array | string | AsyncIterable<Uint8Array>,
  charset: string | null,
  limits: ReadLimits,
  reading: Reading,
): AsyncGenerator<string> {
  if (typeof source === 'string') return slicedText(source, limits)
  const chunks = source instanceof Uint8Array ? slices(source) : source
  return decode(limited(chunks, limits), charset, (message) => reading.warn(1, message))
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  limits: ReadLimits,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > limits.bytes) throw tooLarge(limits)
    yield chunk
  }
}

function tooLarge(limits: ReadLimits): FeedError {
  const megabytes = (limits.bytes / 1_000_000).toLocaleString('en')
  return new FeedError(
    'too-large',
    `the feed is larger than ${megabytes} MB, more than is read here`,
  )
}

const SLICE_BYTES = 256 * 1024

/** A long document is read in slices, so that other work gets its turn between them. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    if (start > 0) await setImmediate()
    yield bytes.subarray(start, start + SLICE_BYTES)
  }
}

/** Text is decoded already, whatever encoding it still says it has. */
async function* slicedText(text: string, limits: ReadLimits): AsyncGenerator<string> {
  if (text.length > limits.bytes) throw tooLarge(limits)
  for (let start = 0; start < text.length; start += SLICE_BYTES) {
    if (start > 0) await setImmediate()
    yield text.slice(start, start + SLICE_BYTES)
  }
}
