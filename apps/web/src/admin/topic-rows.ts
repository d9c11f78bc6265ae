import { type AnyChangeset, type AnySchema, type FieldName, type Row } from '@showrunner/data'
import { reference } from '@showrunner/domain/rows'
import { type Topic } from '@showrunner/domain/topics'
import { addresses } from '../addresses.ts'
import { type RowsField } from './field.ts'
import { rowsOf } from './rows.ts'

interface TopicRows<Target extends AnySchema> {
  readonly target: Target
  /** The rows there are, each with its topic. */
  readonly stored: readonly (Row<Target> & { readonly id: number; readonly topic: Topic })[]
  readonly field: FieldName<Target>
  readonly help?: string
}

/** What something is about, in its order. */
export function topicRows<Target extends AnySchema>(
  changeset: AnyChangeset,
  association: string,
  { target, stored, field, ...help }: TopicRows<Target>,
): RowsField {
  return rowsOf(changeset, association, {
    label: 'Topics',
    ...help,
    add: 'Add a topic',
    empty: 'No topics.',
    sortable: true,
    target,
    stored,
    fields: (form, row) => {
      const topic = stored.find(({ id }) => id === Reflect.get(row, 'id'))?.topic
      return [
        form.picker(field, {
          label: 'Topic',
          sentAs: 'topic',
          source: addresses.admin.searchFor('topics'),
          words: topic ? reference(topic.name, topic.slug) : null,
        }),
      ]
    },
  })
}
