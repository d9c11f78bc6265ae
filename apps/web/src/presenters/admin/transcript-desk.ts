import { type AnyChangeset, errorMessages } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Person } from '@showrunner/domain/people'
import * as transcripts from '@showrunner/domain/transcripts'
import { addresses } from '../../addresses.ts'
import { typed, type Problem } from '../../admin/form.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import {
  type CueRow,
  cueRows,
  type GoneCue,
  goneCues,
  type RefusedRows,
  rowProblems,
} from './cue-rows.ts'
import { endingsFor } from './transcript-endings.ts'
import { cueWords } from './transcripts-page.ts'
import { type SpeakerCard, speakerCards } from './speaker-cards.ts'

const { admin } = addresses

export const CUES_PER_PAGE = 50

/** A transcript on the desk: its cues a page at a time, its speakers, and what can be done to all of it. */
export interface TranscriptDesk extends AdminPage {
  readonly words: string
  readonly mayUpdate: boolean
  readonly version: string
  readonly problems: readonly Problem[]
  readonly gone: readonly GoneCue[]
  readonly audioUrl: string | null
  readonly action: string
  readonly address: string
  readonly find: string
  readonly page: number
  readonly rows: readonly CueRow[]
  readonly names: readonly string[]
  readonly range: string
  readonly pages: readonly {
    readonly label: string
    readonly href: string
    readonly isHere: boolean
  }[]
  readonly speakers: readonly SpeakerCard[]
  readonly shift: WholeForm
  readonly replace: WholeForm
  readonly downloads: readonly { readonly href: string; readonly label: string }[]
  readonly remove: {
    readonly action: string
    readonly label: string
    readonly question: string
  } | null
}

interface WholeForm {
  readonly action: string
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

/** What could not be done, and is shown again with what was typed. */
export interface Refused {
  readonly rows?: RefusedRows
  readonly shift?: AnyChangeset
  readonly rename?: AnyChangeset
  readonly match?: AnyChangeset
  readonly replace?: AnyChangeset
}

export interface DeskPeople {
  readonly cast: readonly Person[]
  readonly suggestions: transcripts.Suggestions
  readonly matched: ReadonlyMap<string, Person>
}

interface Shown {
  readonly episode: transcripts.EpisodeToTranscribe
  readonly transcript: transcripts.Transcript
  readonly cues: readonly transcripts.TranscriptCue[]
  readonly speakers: readonly transcripts.SpeakerCount[]
  readonly people: DeskPeople
  readonly asked: { readonly page: number; readonly find: string }
  readonly actor: Account
}

export function transcriptDesk(frame: AdminFrame, shown: Shown, refused: Refused): TranscriptDesk {
  const { episode, transcript, cues, speakers, people, asked, actor } = shown
  const { id: episodeId, podcastId } = episode
  const { id, url, cueCount, timed } = transcript
  const edit = (name: Parameters<typeof admin.editTranscript>[3]) =>
    admin.editTranscript(podcastId, episodeId, id, name)
  const address = admin.transcript(podcastId, episodeId, id)
  const chosen = cuesOfPage(cues, asked)
  const rows = cueRows(chosen.cues, refused.rows)
  return {
    frame,
    words: `${cueWords(cueCount, timed)}. ${url === null ? 'One of ours.' : `From ${url}: when its feed changes it, that takes the place of what is edited here, which is kept as a version.`}`,
    mayUpdate: transcripts.may(actor, 'update', episode),
    version: String(transcript.lockVersion),
    problems: [...rowProblems(rows), ...wholeProblems(refused)],
    gone: goneCues(refused.rows ?? {}),
    audioUrl: episode.audioUrl,
    action: edit('cues'),
    address,
    find: asked.find,
    page: chosen.page,
    rows,
    names: namesFor(speakers, people),
    range: chosen.range,
    pages: pageLinks(address, chosen.page, chosen.pages, asked.find),
    speakers: speakerCards(speakers, people, { rename: edit('rename'), match: edit('match') }),
    shift: wholeForm(edit('shift'), refused.shift, ['offset']),
    replace: wholeForm(edit('replace'), refused.replace, [
      'find',
      'replacement',
      'matchCase',
      'wholeWords',
    ]),
    downloads: endingsFor(timed).map(({ ending, name }) => {
      return { href: admin.transcriptWords(podcastId, episodeId, id, ending), label: name }
    }),
    remove: transcripts.may(actor, 'delete', episode)
      ? {
          action: edit('delete'),
          label: 'Delete transcript',
          question:
            'Delete this transcript? What it says is kept as a version, and can be brought back.',
        }
      : null,
  }
}

interface CuesOfPage {
  readonly cues: readonly { readonly cue: transcripts.TranscriptCue; readonly place: number }[]
  readonly page: number
  readonly pages: number
  readonly range: string
}

/** The cues of a page; with words to find, of those that say them. */
function cuesOfPage(
  cues: readonly transcripts.TranscriptCue[],
  { page: asked, find }: Shown['asked'],
): CuesOfPage {
  const placed = cues.map((cue, index) => ({ cue, place: index + 1 }))
  const places = find === '' ? undefined : new Set(transcripts.foundIn(cues, wordsToFind(find)))
  const found = places ? placed.filter(({ place }) => places.has(place - 1)) : placed
  const pages = Math.max(1, Math.ceil(found.length / CUES_PER_PAGE))
  const page = Math.min(asked, pages)
  const chosen = found.slice((page - 1) * CUES_PER_PAGE, page * CUES_PER_PAGE)
  const [first, last] = [chosen.at(0)?.place ?? 0, chosen.at(-1)?.place ?? 0]
  const all = found.length.toLocaleString('en')
  const range =
    find === ''
      ? `Cues ${first} to ${last} of ${all}`
      : `${all} ${found.length === 1 ? 'cue says' : 'cues say'} “${find}”`
  return { cues: chosen, page, pages, range }
}

function wordsToFind(find: string) {
  return { find, matchCase: false, wholeWords: false }
}

/** The first page, the last, and those around the one that is shown. */
function pageLinks(address: string, page: number, pages: number, find: string) {
  if (pages === 1) return []
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages]
  return [...new Set(near.filter((one) => one >= 1 && one <= pages))].map((one) => {
    const search = new URLSearchParams({ page: String(one), ...(find !== '' && { find }) })
    return { label: String(one), href: `${address}?${search.toString()}`, isHere: one === page }
  })
}

function namesFor(
  speakers: readonly transcripts.SpeakerCount[],
  { cast }: DeskPeople,
): readonly string[] {
  return [...new Set([...speakers, ...cast].map(({ name }) => name))]
}

/** A form about the whole: what was typed, or what it begins with. */
function wholeForm(
  action: string,
  changeset: AnyChangeset | undefined,
  fields: readonly string[],
): WholeForm {
  const messages = changeset ? errorMessages(changeset) : {}
  const valueOf = (field: string) => (changeset && typed(changeset, field)) ?? ''
  return {
    action,
    values: Object.fromEntries(fields.map((field) => [field, valueOf(field)])),
    errors: Object.fromEntries(
      Object.entries(messages).map(([field, found]) => [field, found.join(', ')]),
    ),
  }
}

const LABELS: Readonly<Record<string, string>> = {
  offset: 'The time to move by',
  find: 'What to find',
  replacement: 'What to put there',
  name: 'The new name',
  speaker: 'The speaker',
  personId: 'The person',
  person: 'The person',
}

function wholeProblems({ shift, rename, match, replace }: Refused): readonly Problem[] {
  const at = {
    shift: '#shift-offset',
    rename: '#speakers',
    match: '#speakers',
    replace: '#replace-find',
  }
  return Object.entries({ shift, rename, match, replace }).flatMap(([name, changeset]) => {
    if (!changeset) return []
    const href = at[name as keyof typeof at]
    return Object.entries(errorMessages(changeset)).flatMap(([field, messages]) =>
      messages.map((message) => {
        const label = LABELS[field]
        return { href, message: label === undefined ? message : `${label} ${message}.` }
      }),
    )
  })
}
