import { type AnyChangeset, type Traversed, traverseErrors } from '@showrunner/data'
import { isOvertaken } from '@showrunner/domain/conflicts'
import { type Fault, Problem } from './problem.ts'

/** What fields are called in the API, where they are called otherwise here. */
export const NAMES: Readonly<Record<string, string>> = {
  numberDisplay: 'numberLabel',
  episodeHosts: 'hosts',
  episodeGuests: 'guests',
  episodeTopics: 'topics',
  audioUrl: 'audio',
  membersAudioUrl: 'membersAudio',
  publishedAt: 'at',
  published: 'stage',
  startsMs: 'startSeconds',
  endsMs: 'endSeconds',
  text: 'body',
}

const PICKED = new Set(['personId', 'topicId'])

/** What was refused, field by field, in the words of the API. */
export function refusedChangeset(changeset: AnyChangeset): Problem {
  if (isOvertaken(changeset)) return stale()
  const faults = faultsIn(traverseErrors(changeset), [])
  const said = faults.map(({ name, detail }) => `${name} ${detail}`)
  return new Problem('invalid', { detail: `${said.join('; ')}.`, faults })
}

export function stale(): Problem {
  return new Problem('stale', {
    detail:
      'The episode is of another version by now. Read it again, look at what changed, and send yours with its new ETag in If-Match.',
  })
}

function faultsIn(traversed: Traversed<string>, path: readonly string[]): Fault[] {
  return Object.entries(traversed).flatMap(([field, found]): Fault[] => {
    // What was picked is the row itself.
    const here = PICKED.has(field) ? path : [...path, NAMES[field] ?? field]
    if (!Array.isArray(found)) return faultsIn(found as Traversed<string>, here)
    return found.flatMap((one: string | Traversed<string>, at): Fault[] =>
      typeof one === 'string'
        ? [{ in: 'body', name: here.join('.'), detail: one }]
        : faultsIn(one, [...here, String(at)]),
    )
  })
}
