import { reference } from '@showrunner/domain/rows'
import { type CountedTopic } from '@showrunner/domain/topics'
import { addresses } from '../../addresses.ts'
import { type PickerField } from '../../admin/field.ts'
import { idOf } from '../../admin/form.ts'
import { counted } from '../names.ts'
import { type AdminFrame } from './admin-frame.ts'
import { severalPage, type SeveralPage } from './several-page.ts'

const { admin } = addresses

export const TOPICS_ACTIONS = ['merge', 'delete'] as const
export type TopicsAction = (typeof TOPICS_ACTIONS)[number]

export const TOPICS_ACTION_LABELS: Readonly<Record<TopicsAction, string>> = {
  merge: 'Merge into one topic',
  delete: 'Delete unused',
}

interface Marked {
  readonly found: readonly CountedTopic[]
  readonly back: string
  readonly value?: string
  readonly error?: string
}

export function deleteTopicsPage(frame: AdminFrame, { found, back }: Marked): SeveralPage {
  const rows = found.map(({ topic: { id, name }, uses }) => ({
    id,
    title: name,
    reason: uses === 0 ? null : `In use ${counted(uses, 'time', 'times')}.`,
  }))
  const unused = counted(rows.filter(({ reason }) => !reason).length, 'topic', 'topics')
  return severalPage(frame, rows, {
    words: `${unused} that nothing is about will be gone for good.`,
    address: admin.changeSeveralTopics,
    action: 'delete',
    button: `Delete ${unused}`,
    isDeletion: true,
    back,
  })
}

export function mergeTopicsPage(frame: AdminFrame, { found, ...marked }: Marked): SeveralPage {
  const rows = found.map(({ topic: { id, name }, uses }) => ({
    id,
    title: `${name}, in use ${counted(uses, 'time', 'times')}`,
  }))
  const [most] = found.toSorted((one, other) => other.uses - one.uses)
  const usual = most && found.length > 1 ? reference(most.topic.name, most.topic.slug) : ''
  const into: PickerField = {
    kind: 'picker',
    id: idOf('topic'),
    name: 'topic',
    label: 'Into',
    help: 'One of them, which then stays, or another topic.',
    errors: marked.error === undefined ? [] : [`Into ${marked.error}.`],
    required: true,
    value: marked.value ?? usual,
    source: admin.searchFor('topics'),
    placeholder: 'Type to search',
  }
  return severalPage(frame, rows, {
    words:
      'What is about one of these will be about the topic that you choose: episodes, podcasts and posts. The others are deleted. This cannot be undone.',
    address: admin.changeSeveralTopics,
    action: 'merge',
    button: 'Merge',
    isDeletion: true,
    back: marked.back,
    fields: [into],
  })
}
