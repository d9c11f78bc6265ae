import { type Changeset } from '@showrunner/data'
import { type Import, type ListedImport, stateOf } from '@showrunner/domain/import'
import { type Paged } from '@showrunner/domain/lists'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { moment } from '../dates.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { importBadge } from './import-state.ts'
import { type ListPage, listPage } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

export interface ImportsPage extends AdminPage {
  readonly form: FormPage
  readonly list: ListPage
}

interface Shown {
  readonly changeset: Changeset<typeof Import>
  readonly podcasts: readonly Podcast[]
  readonly asked: ListQuery
  readonly found: Paged<ListedImport>
  readonly asOf: Date
}

export function importsPage(frame: AdminFrame, shown: Shown): ImportsPage {
  return { frame, form: newImport(frame, shown), list: importList(frame, shown) }
}

function newImport(frame: AdminFrame, { changeset, podcasts }: Shown): FormPage {
  const form = formOf(changeset)
  const fields = [
    form.text('address', {
      label: 'Address of the feed',
      type: 'url',
      help: 'It is looked at first: you see what would change before anything does.',
    }),
    form.choice('intoSlug', {
      label: 'Podcast',
      help: 'Choose one only if its feed has moved and does not say so itself.',
      options: [
        { value: '', label: 'As the feed says' },
        ...podcasts.map(({ slug, title }) => ({ value: slug, label: title })),
      ],
    }),
    form.text('newSlug', {
      label: 'Slug, if it is new here',
      width: 'short',
      help: 'Left empty it is made from the title.',
    }),
    form.box('fetchDocuments', {
      label: 'Fetch chapters and transcripts too',
      help: 'Those that the feed names by their addresses. It takes longer.',
    }),
  ]
  const words = { action: admin.imports, save: 'Look at the feed', cancelHref: admin.dashboard }
  return formPage(frame, changeset, [{ title: 'A feed from elsewhere', fields }], words)
}

function importList(frame: AdminFrame, { asked, found, asOf }: Shown): ListPage {
  const rows = found.rows.map((row) => ({
    id: row.id,
    href: admin.import(row.id),
    title: row.preview?.title ?? row.podcast?.title ?? hostOf(row.address),
    subtitle: row.address,
    picture: null,
    badge: importBadge(stateOf(row, asOf)),
    cells: [
      countsOf(row),
      row.person?.name ?? 'somebody who is gone',
      moment(row.insertedAt, en).full,
    ],
  }))
  return listPage(frame, asked, found, rows, {
    address: admin.imports,
    noun: ['import', 'imports'],
    columns: [
      { title: 'Feed' },
      { title: 'Episodes' },
      { title: 'Asked for by' },
      { title: 'When' },
    ],
    empty: 'Nothing was imported from here yet.',
  })
}

/** What was done, or else what would be. */
function countsOf({ report, preview }: Import): string {
  const counts = report ?? preview
  if (!counts) return '–'
  const { created, updated, skipped } = counts
  const parts = [
    `${created} new`,
    `${updated} changed`,
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
  ]
  return parts.join(', ')
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address
}
