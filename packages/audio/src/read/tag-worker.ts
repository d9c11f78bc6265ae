import { parentPort, workerData } from 'node:worker_threads'
import { parseFromTokenizer } from 'music-metadata'
import { BufferSizeError, type FileTokenizer, fromFile } from 'strtok3'
import { MOST_TAG_BYTES } from '../mp3/tags-around.ts'
import { taggedBy } from './tags.ts'
import { type TagAnswer, type TagTask } from './read-tags.ts'

/** All tables of a day of sound fit; a file that asks for more is made to fill the memory. */
const MOST_BYTES_READ = 3 * MOST_TAG_BYTES

class TooMuchError extends Error {}

parentPort?.postMessage(await answer(workerData as TagTask), [])

async function answer({ path, mediaType }: TagTask): Promise<TagAnswer> {
  const tokenizer = bounded(
    await fromFile(path, {
      // By type, or the library would go by the file's name.
      fileInfo: { mimeType: mediaType },
      maxBufferSize: MOST_TAG_BYTES,
      regularFileOnly: true,
    }),
  )
  try {
    return {
      ok: true,
      tagged: taggedBy(await parseFromTokenizer(tokenizer, { includeChapters: true })),
    }
  } catch (error) {
    const isTooLarge = error instanceof BufferSizeError || error instanceof TooMuchError
    return {
      ok: false,
      code: isTooLarge ? 'too-large' : 'damaged',
      reason: error instanceof Error ? error.message : String(error),
    }
  } finally {
    await tokenizer.close()
  }
}

function bounded(tokenizer: FileTokenizer): FileTokenizer {
  let left = MOST_BYTES_READ
  const readBuffer = tokenizer.readBuffer.bind(tokenizer)
  tokenizer.readBuffer = (bytes, options) => {
    left -= options?.length ?? bytes.length
    if (left < 0) throw new TooMuchError('its tags and tables do not end')
    return readBuffer(bytes, options)
  }
  return tokenizer
}
