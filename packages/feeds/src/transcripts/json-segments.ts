import { FeedError } from '../errors.ts'
import { type Cue } from '../feed.ts'
import { listIn, millisecondsIn, parseJsonObject, stringIn } from '../json.ts'
import { collapse } from '../values.ts'

const MOST_SEGMENTS = 500_000

/** Reads the podcast namespace's JSON transcript. */
export function readJsonSegments(text: string): Cue[] {
  const segments = listIn(parseJsonObject(text, 'transcript'), 'segments', MOST_SEGMENTS)
  if (segments === null)
    throw new FeedError('unreadable', 'the transcript has no list of "segments"')
  return segments
    .map((segment) => ({
      startsMs: millisecondsIn(segment, 'startTime'),
      endsMs: millisecondsIn(segment, 'endTime'),
      speaker: stringIn(segment, 'speaker'),
      text: collapse(stringIn(segment, 'body') ?? ''),
    }))
    .filter(({ text }) => text !== '')
}
