import {
  addError,
  applyAction,
  build,
  cast,
  check,
  embedded,
  length,
  required,
  t,
  validate,
  type AnySchema,
  type Changeset,
  type Params,
  type Repo,
  type Row,
} from '@showrunner/data'
import { type Doer } from '../activity/index.ts'
import { knownPeople, Person } from '../people/index.ts'
import { formatTime, parseOffset } from './clock.ts'
import { type DraftCue } from './draft-cue.ts'
import { editing, write } from './edit-transcript.ts'
import { type TranscriptAction } from './transcript-version.ts'
import { type Transcript } from './transcript.ts'
import { matched, renamed, replaced, shifted } from './whole-transcript.ts'

const STALE =
  'Somebody else has changed this transcript meanwhile. Look at it again, and then send this once more.'

/** Every form about the whole of a transcript says which version it was made for. */
const OF_VERSION = { lockVersion: t.integer() }

export const TimeShift = embedded({ ...OF_VERSION, offset: t.string() })
export const SpeakerName = embedded({
  ...OF_VERSION,
  speaker: t.string(),
  name: t.string(),
})
export const SpeakerMatch = embedded({
  ...OF_VERSION,
  speaker: t.string(),
  personId: t.reference().nullable(),
  /** As a picker sends somebody, which counts before the other. */
  person: t.string().nullable(),
})
export const WordsReplacement = embedded({
  ...OF_VERSION,
  find: t.string(),
  replacement: t.string().default(''),
  matchCase: t.boolean().default(false),
  wholeWords: t.boolean().default(false),
})

export type EditedWhole<S extends AnySchema> =
  | { readonly ok: true; readonly transcript: Transcript; readonly count: number }
  | { readonly ok: false; readonly changeset: Changeset<S> }

const LONGEST_NAME = 255
const LONGEST_WORDS = 500

/** Moves every time: `0:01.5` later, `-0:01.5` earlier. */
export async function shiftTimes(
  repo: Repo,
  transcriptId: number,
  params: Params,
  by: Doer,
): Promise<EditedWhole<typeof TimeShift>> {
  const changeset = check(
    cast(build(TimeShift), params, ['lockVersion', 'offset']),
    required('lockVersion', 'offset'),
    validate('offset', (offset) =>
      parseOffset(offset) === null ? 'is no time such as 0:01.5 or -0:01.5' : undefined,
    ),
  )
  return wholly(repo, transcriptId, changeset, 'shifted', by, (cues, { offset }) => {
    const moved = shifted(cues, parseOffset(offset) ?? 0)
    if ('cues' in moved) return { cues: moved.cues, count: cues.length }
    const most = formatTime(moved.mostBackMs)
    return addError(changeset, 'offset', `goes back too far: the first words are at ${most}`)
  })
}

export async function renameSpeaker(
  repo: Repo,
  transcriptId: number,
  params: Params,
  by: Doer,
): Promise<EditedWhole<typeof SpeakerName>> {
  const changeset = check(
    cast(build(SpeakerName), params, ['lockVersion', 'speaker', 'name']),
    required('lockVersion', 'speaker', 'name'),
    length('name', { max: LONGEST_NAME }),
  )
  return wholly(repo, transcriptId, changeset, 'renamed', by, (cues, { speaker, name }) => {
    return {
      cues: renamed(cues, speaker, name.trim().replace(/\s+/g, ' ')),
      count: counted(cues, speaker),
    }
  })
}

/** Says who a speaker is; without a person, that it is nobody we know. */
export async function matchSpeaker(
  repo: Repo,
  transcriptId: number,
  params: Params,
  by: Doer,
): Promise<EditedWhole<typeof SpeakerMatch>> {
  const changeset = check(
    cast(build(SpeakerMatch), params, ['lockVersion', 'speaker', 'personId', 'person']),
    required('lockVersion', 'speaker'),
  )
  return wholly(
    repo,
    transcriptId,
    changeset,
    'matched',
    by,
    async (cues, { speaker, personId, person }) => {
      const chosen = await chosenPerson(repo, personId, person)
      if (chosen === undefined) {
        return addError(changeset, person === null ? 'personId' : 'person', 'does not exist')
      }
      return { cues: matched(cues, speaker, chosen), count: counted(cues, speaker) }
    },
  )
}

/** Undefined for somebody who is not there. */
async function chosenPerson(
  repo: Repo,
  personId: number | null,
  text: string | null,
): Promise<number | null | undefined> {
  if (text !== null) return (await knownPeople(repo)([text])).get(text)
  if (personId === null) return null
  return (await repo.get(Person, personId))?.id
}

export async function replaceWords(
  repo: Repo,
  transcriptId: number,
  params: Params,
  by: Doer,
): Promise<EditedWhole<typeof WordsReplacement>> {
  const changeset = check(
    cast(build(WordsReplacement), params, [
      'lockVersion',
      'find',
      'replacement',
      'matchCase',
      'wholeWords',
    ]),
    required('lockVersion', 'find'),
    length('find', { max: LONGEST_WORDS }),
    length('replacement', { max: LONGEST_WORDS }),
  )
  return wholly(repo, transcriptId, changeset, 'replaced words', by, (cues, form) => {
    const after = replaced(cues, form)
    return after.count > 0 ? after : addError(changeset, 'find', 'is said nowhere')
  })
}

interface Edit {
  readonly cues: readonly DraftCue[]
  readonly count: number
}

async function wholly<S extends AnySchema>(
  repo: Repo,
  transcriptId: number,
  changeset: Changeset<S>,
  action: TranscriptAction,
  by: Doer,
  work: (
    cues: readonly DraftCue[],
    form: Row<S>,
  ) => Edit | Changeset<S> | Promise<Edit | Changeset<S>>,
): Promise<EditedWhole<S>> {
  const form = applyAction(changeset, 'update')
  if (!form.ok) return form
  return editing(repo, transcriptId, async (transcript, before) => {
    // Every form here has it: OF_VERSION.
    const { lockVersion } = form.value as unknown as { readonly lockVersion: number }
    if (lockVersion !== transcript.lockVersion)
      return refused(addError(changeset, 'lockVersion', STALE))
    const edit = await work(before, form.value)
    if (!('cues' in edit)) return refused(edit)
    const { cues, count } = edit
    return {
      ok: true,
      count,
      transcript: await write(repo, transcript, before, cues, action, by),
    }
  })
}

function refused<S extends AnySchema>(changeset: Changeset<S>): EditedWhole<S> {
  return { ok: false, changeset: { ...changeset, action: 'update' } }
}

function counted(cues: readonly DraftCue[], speaker: string): number {
  return cues.filter((cue) => cue.speaker === speaker).length
}
