import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { type ChoiceField, type Field, type PickerField } from '../../admin/field.ts'
import { idOf } from '../../admin/form.ts'
import { type MarkedRows } from '../../admin/marked-rows.ts'
import { counted } from '../names.ts'
import { type AdminFrame } from './admin-frame.ts'
import { severalPage, type SeveralPage } from './several-page.ts'

const { admin } = addresses

export const EPISODES_ACTIONS = ['add-topic', 'remove-topic', 'type', 'explicit', 'delete'] as const
export type EpisodesAction = (typeof EPISODES_ACTIONS)[number]

export const EPISODES_ACTION_LABELS: Readonly<Record<EpisodesAction, string>> = {
  'add-topic': 'Add a topic',
  'remove-topic': 'Remove a topic',
  type: 'Change the kind',
  explicit: 'Say whether explicit',
  delete: 'Delete drafts',
}

interface Marked extends MarkedRows {
  readonly action: EpisodesAction
  readonly found: readonly episodes.EpisodeWithTopics[]
  /** What was typed or chosen, and what is wrong with it. */
  readonly value?: string
  readonly error?: string
}

export function severalEpisodesPage(
  frame: AdminFrame,
  actor: Account,
  { id: podcastId }: Podcast,
  marked: Marked,
): SeveralPage {
  const { action, found, back } = marked
  const rows = found.map((episode) => ({
    id: episode.id,
    title: episode.title,
    reason: whyKept(actor, action, episode),
  }))
  const count = rows.filter(({ reason }) => reason === null).length

  return severalPage(frame, rows, {
    words: WORDS[action](counted(count, 'episode', 'episodes')),
    address: admin.changeSeveralEpisodes(podcastId),
    action,
    button:
      action === 'delete'
        ? `Delete ${counted(count, 'draft', 'drafts')}`
        : `Change ${counted(count, 'episode', 'episodes')}`,
    isDeletion: action === 'delete',
    back,
    fields: fieldsFor(marked),
  })
}

const WORDS: Readonly<Record<EpisodesAction, (episodes: string) => string>> = {
  'add-topic': (them) => `A topic is added to ${them}, after those they have.`,
  'remove-topic': (them) => `A topic is taken off ${them}, as far as they have it.`,
  type: (them) => `${them} will be of another kind.`,
  explicit: (them) => `Of ${them} it is said whether they are explicit.`,
  delete: (them) => `${them} and all that belongs to them will be gone for good.`,
}

function whyKept(
  actor: Account,
  action: EpisodesAction,
  episode: episodes.EpisodeWithTopics,
): string | null {
  if (action === 'remove-topic' && episode.episodeTopics.length === 0) return 'It has no topic.'
  if (action !== 'delete' || episodes.may(actor, 'delete', episode)) return null
  return 'It is out, or will be: unpublish it first.'
}

function fieldsFor(marked: Marked): readonly Field[] {
  switch (marked.action) {
    case 'add-topic':
      return [topicPicker(marked)]
    case 'remove-topic':
      return [choice('topic', 'Topic', topicsOf(marked.found), marked)]
    case 'type':
      return [choice('type', 'Kind', KINDS, marked)]
    case 'explicit':
      return [choice('explicit', 'Explicit', EXPLICIT, marked)]
    case 'delete':
      return []
    default:
      throw new Error(`unknown action: ${String(marked.action satisfies never)}`)
  }
}

type Options = ChoiceField['options']

const KINDS: Options = episodes.EPISODE_TYPES.map((value) => ({ value, label: value }))

const EXPLICIT: Options = [
  { value: '', label: 'As the podcast' },
  { value: 'true', label: 'Explicit' },
  { value: 'false', label: 'Not explicit' },
]

/** The topics that any of them has. */
function topicsOf(found: readonly episodes.EpisodeWithTopics[]): Options {
  const topics = found.flatMap(({ episodeTopics }) => episodeTopics.map(({ topic }) => topic))
  const labels = new Map(topics.map(({ id, name }) => [String(id), name]))
  return [...labels]
    .map(([value, label]) => ({ value, label }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
}

function base(name: string, label: string, { error }: Marked) {
  return {
    id: idOf(name),
    name,
    label,
    help: null,
    errors: error === undefined ? [] : [`${label} ${error}.`],
    required: true,
  }
}

function choice(name: string, label: string, options: Options, marked: Marked): ChoiceField {
  const value = marked.value ?? ''
  return { kind: 'choice', ...base(name, label, marked), required: false, value, options }
}

function topicPicker(marked: Marked): PickerField {
  return {
    kind: 'picker',
    ...base('topic', 'Topic', marked),
    value: marked.value ?? '',
    source: admin.searchFor('topics'),
    placeholder: 'Type to search',
  }
}
