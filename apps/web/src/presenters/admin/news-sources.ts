import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import type * as news from '@showrunner/domain/news'
import { addresses } from '../../addresses.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage } from './list-page.ts'
import { namedColumns, namedRow, SLUG_OF_NAME } from './named-list.ts'
import { newsAround } from './news-tabs.ts'

const { admin } = addresses

export function sourceList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<news.SourceInUse>,
): ListPage {
  const rows = found.rows.map((source) =>
    namedRow(source, admin.editNewsSource(source.id), source.iconUrl),
  )

  return listPage(frame, query, found, rows, {
    address: admin.newsSources,
    noun: ['source', 'sources'],
    around: newsAround(actor, 'sources'),
    columns: namedColumns('Items'),
    create: { label: 'New source', href: admin.newNewsSource },
    empty: 'No sources yet.',
  })
}

export function sourceForm(
  frame: AdminFrame,
  changeset: Changeset<typeof news.NewsSource>,
): FormPage {
  const form = formOf(changeset)
  const { id, slug } = changeset.row
  const isNew = id === null
  const fields = [
    form.text('name', { label: 'Name' }),
    form.text('slug', SLUG_OF_NAME),
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    form.longText('description', { label: 'Description', markdown: true }),
    form.text('iconUrl', { label: 'Icon', help: 'The address of a small square picture.' }),
  ]

  return formPage(frame, changeset, [{ title: 'Source', fields }], {
    action: isNew ? admin.newsSources : admin.editNewsSource(id),
    save: isNew ? 'Create source' : 'Save',
    cancelHref: admin.newsSources,
    isWatched: !isNew,
    closes: !isNew,
    viewHref: isNew ? null : addresses.newsSource(slug),
    remove: isNew
      ? null
      : {
          action: admin.removeNewsSource(id),
          label: 'Delete source',
          question: 'Delete this source? What is news of it stays, without a source.',
        },
  })
}
