import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as topics from '@showrunner/domain/topics'
import { addresses } from '../../addresses.ts'
import { editing } from '../../channels/editing-channel.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage } from './list-page.ts'
import { namedColumns, namedRow, SLUG_OF_NAME } from './named-list.ts'
import { TOPICS_ACTION_LABELS, TOPICS_ACTIONS } from './several-topics.ts'
import { pictureField } from './picture-field.ts'

const { admin } = addresses

export function topicList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<topics.TopicInUse>,
): ListPage {
  const rows = found.rows.map((topic) => namedRow(topic, admin.editTopic(topic.id)))

  return listPage(frame, query, found, rows, {
    address: admin.topics,
    noun: ['topic', 'topics'],
    intro:
      'What episodes, podcasts and posts are about. Create with care: few topics that are used say more than many.',
    columns: namedColumns('Episodes'),
    create: topics.may(actor, 'create') ? { label: 'New topic', href: admin.newTopic } : null,
    bulk: topics.may(actor, 'delete')
      ? {
          action: admin.severalTopics,
          actions: TOPICS_ACTIONS.map((value) => ({ value, label: TOPICS_ACTION_LABELS[value] })),
        }
      : null,
    empty: 'No topics yet.',
  })
}

export function topicForm(
  frame: AdminFrame,
  actor: Account,
  changeset: Changeset<typeof topics.Topic>,
): FormPage {
  const form = formOf(changeset)
  const { id } = changeset.row
  const isNew = id === null
  const fields = [
    form.text('name', { label: 'Name' }),
    form.text('slug', SLUG_OF_NAME),
    form.longText('description', { label: 'Description', markdown: true }),
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    ...pictureField('logo', 'topic', id, changeset.row.logoUrl),
  ]

  return formPage(frame, changeset, [{ title: 'Topic', fields }], {
    action: isNew ? admin.topics : admin.editTopic(id),
    save: isNew ? 'Create topic' : 'Save',
    cancelHref: admin.topics,
    viewHref: isNew ? null : admin.topic(id),
    isWatched: !isNew,
    editing: editing('topic', id),
    closes: !isNew,
    remove:
      !isNew && topics.may(actor, 'delete')
        ? {
            action: admin.removeTopic(id),
            label: 'Delete topic',
            question: 'Delete this topic? It is taken off every episode, podcast and post.',
          }
        : null,
  })
}
