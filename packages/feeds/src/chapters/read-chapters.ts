import { decodeText } from '../decode-text.ts'
import { FeedError } from '../errors.ts'
import { type Chapter } from '../feed.ts'
import { type JsonObject, listIn, millisecondsIn, parseJsonObject, stringIn } from '../json.ts'
import { parseWebUrl } from '../values.ts'

const MOST_BYTES = 5_000_000
const MOST_CHAPTERS = 10_000

/**
 * Reads JSON chapters (podcast namespace, version 1.x) into the order they play in. A chapter that does not say when it
 * begins is left out.
 *
 * @throws {FeedError} where there are no chapters in it at all.
 */
export function readChapters(
  source: Uint8Array | string,
  baseUrl: string | null = null,
): Chapter[] {
  const text = decodeText(source, 'chapters file', MOST_BYTES)
  const list = listIn(parseJsonObject(text, 'chapters file'), 'chapters', MOST_CHAPTERS)
  if (list === null)
    throw new FeedError('unreadable', 'the chapters file has no list of "chapters"')
  return list
    .map((each) => readChapter(each, baseUrl))
    .filter((chapter) => chapter !== null)
    .toSorted((a, b) => a.startsMs - b.startsMs)
}

function readChapter(object: JsonObject, baseUrl: string | null): Chapter | null {
  const startsMs = millisecondsIn(object, 'startTime')
  if (startsMs === null) return null
  const endsMs = millisecondsIn(object, 'endTime')
  return {
    startsMs,
    endsMs: endsMs !== null && endsMs > startsMs ? endsMs : null,
    title: stringIn(object, 'title'),
    link: parseWebUrl(stringIn(object, 'url') ?? '', baseUrl),
    imageUrl: parseWebUrl(stringIn(object, 'img') ?? '', baseUrl),
    hidden: object['toc'] === false,
  }
}
