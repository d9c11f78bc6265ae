import { type AnyChangeset, type Traversed, traverseErrors } from '@showrunner/data'
import { isOvertaken } from '@showrunner/domain/conflicts'
import { type Fault, Problem } from './problem.ts'

/** What fields are called in the API, where they are called otherwise here. */
export const NAMES: Readonly<Record<string, string>> = {
  numberDisplay: 'numberLabel',
  episodeHosts: 'hosts',
  episodeGuests: 'guests',
  episodeTopics: 'topics',
  episodeSponsors: 'sponsors',
  podcastId: 'podcast',
  audioUrl: 'audio',
  membersAudioUrl: 'membersAudio',
  publishedAt: 'at',
  published: 'stage',
  startsMs: 'startSeconds',
  endsMs: 'endSeconds',
  text: 'body',
}

/** What names something else, and by what it does: who uses a form is told to choose. */
const PICKED: Readonly<Record<string, string>> = {
  personId: 'is nobody here: send the handle of somebody who is',
  topicId: 'is no topic here: send the slug of one that is',
}
const UNKNOWN = 'is not known here'

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
    const picked = PICKED[field]
    const here = picked === undefined ? [...path, NAMES[field] ?? field] : path
    if (!Array.isArray(found)) return faultsIn(found as Traversed<string>, here)
    return found.flatMap((one: string | Traversed<string>, at): Fault[] =>
      typeof one === 'string'
        ? [{ in: 'body', name: here.join('.'), detail: said(one, picked) }]
        : faultsIn(one, [...here, String(at)]),
    )
  })
}

function said(message: string, picked: string | undefined): string {
  return picked !== undefined && message.startsWith(UNKNOWN) ? picked : message
}
