import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as transcripts from '@showrunner/domain/transcripts'
import { addresses } from '../../addresses.ts'
import { type LongTextField, type TextField } from '../../admin/field.ts'
import { formOf, type Problem, problemsOf } from '../../admin/form.ts'
import { moment } from '../dates.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** The transcripts of an episode, what they said before, and the form for another one. */
export interface TranscriptsPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly transcripts: readonly TranscriptLine[]
  readonly versions: readonly VersionLine[]
  readonly form: PasteForm | null
}

interface TranscriptLine {
  readonly href: string
  readonly language: string
  readonly source: string
  readonly words: string
}

interface VersionLine {
  readonly action: string
  readonly words: string
  readonly label: string
}

interface PasteForm {
  readonly action: string
  readonly problems: readonly Problem[]
  readonly text: LongTextField
  readonly language: TextField
}

interface Shown {
  readonly episode: transcripts.EpisodeToTranscribe
  readonly changeset: Changeset<typeof transcripts.Pasted>
  readonly listed: readonly transcripts.Transcript[]
  readonly versions: Awaited<ReturnType<typeof transcripts.listVersions>>
}

export function transcriptsPage(
  frame: AdminFrame,
  actor: Account,
  { episode, changeset, listed, versions }: Shown,
): TranscriptsPage {
  const mayUpdate = transcripts.may(actor, 'update', episode)
  return {
    frame,
    tabs: episodeTabs(frame, episode, 'transcripts'),
    transcripts: listed.map(({ id, language, url, cueCount, timed }) => ({
      href: admin.transcript(episode.podcastId, episode.id, id),
      language: languageWords(language),
      source: url ?? 'Ours',
      words: cueWords(cueCount, timed),
    })),
    versions: mayUpdate ? versions.map((version) => versionLine(episode, version)) : [],
    form: mayUpdate ? pasteForm(episode, changeset) : null,
  }
}

export function cueWords(count: number, timed: boolean): string {
  if (count === 0) return 'only its address: it was not read'
  const cues = `${count.toLocaleString('en')} ${count === 1 ? 'cue' : 'cues'}`
  return timed ? `${cues}, with times` : `${cues}, not all with times`
}

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

export function languageWords(language: string | null): string {
  if (language === null) return 'No language said'
  try {
    return `${NAMES.of(language)} (${language})`
  } catch {
    // As a feed from elsewhere wrote it.
    return language
  }
}

const DONE: Readonly<Record<transcripts.TranscriptAction, string>> = {
  imported: 'its feed changed it',
  taken: 'another one was pasted',
  edited: 'it was edited',
  shifted: 'its times were moved',
  renamed: 'a speaker was renamed',
  matched: 'a speaker was matched',
  'replaced words': 'words were replaced',
  restored: 'an earlier version was brought back',
  deleted: 'it was deleted',
}

function versionLine(
  { id, podcastId }: transcripts.EpisodeToTranscribe,
  version: Shown['versions'][number],
): VersionLine {
  const { language, cueCount, action, person, insertedAt } = version
  const who = person ? ` by ${person.name}` : ''
  const when = moment(insertedAt, en).full
  return {
    action: admin.restoreTranscript(podcastId, id, version.id),
    words: `${languageWords(language)}, ${cueCount} cues, before ${DONE[action]}${who}, ${when}`,
    label: `Bring back the version of ${when}`,
  }
}

function pasteForm(
  { id, podcastId }: transcripts.EpisodeToTranscribe,
  changeset: Changeset<typeof transcripts.Pasted>,
): PasteForm {
  const form = formOf(changeset)
  const text = form.longText('text', {
    label: 'Transcript',
    lines: 10,
    help: 'WebVTT, SubRip, JSON, HTML, Markdown or plain text with “Name:” before what is said. You see what was read before it is saved.',
  })
  const language = form.text('language', {
    label: 'Language',
    width: 'short',
    help: 'As en or pt-BR. An episode has one transcript of ours for each.',
  })
  return {
    action: admin.lookAtTranscript(podcastId, id),
    problems: problemsOf([text, language]),
    // One or the other has to be there: the text or a file.
    text: { ...text, required: false },
    language,
  }
}
