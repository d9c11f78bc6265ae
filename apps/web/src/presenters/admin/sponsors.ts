import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as sponsors from '@showrunner/domain/sponsors'
import { addresses } from '../../addresses.ts'
import { editing } from '../../channels/editing-channel.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { type RowsField } from '../../admin/field.ts'
import { rowsOf } from '../../admin/rows.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage } from './list-page.ts'
import { namedColumns, namedRow, SLUG_OF_NAME } from './named-list.ts'
import { personPicker } from './person-picker.ts'
import { pictureField } from './picture-field.ts'

const { admin } = addresses

export function sponsorList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  found: Paged<sponsors.SponsorInUse>,
): ListPage {
  const rows = found.rows.map((sponsor) => namedRow(sponsor, admin.editSponsor(sponsor.id)))

  return listPage(frame, query, found, rows, {
    address: admin.sponsors,
    noun: ['sponsor', 'sponsors'],
    intro:
      'Who pays for episodes. What an episode says of them is written on its sheet and stays there.',
    columns: namedColumns('Episodes'),
    create: sponsors.may(actor, 'create') ? { label: 'New sponsor', href: admin.newSponsor } : null,
    bulk: sponsors.may(actor, 'delete')
      ? { action: admin.severalSponsors, actions: [{ value: 'delete', label: 'Delete unused' }] }
      : null,
    empty: 'No sponsors yet.',
  })
}

export function sponsorForm(
  frame: AdminFrame,
  actor: Account,
  sheet: sponsors.SponsorSheet,
  changeset: Changeset<typeof sponsors.Sponsor>,
): FormPage {
  const form = formOf(changeset)
  const { id } = changeset.row
  const isNew = id === null
  const fields = [
    form.text('name', { label: 'Name' }),
    form.text('slug', SLUG_OF_NAME),
    form.longText('description', { label: 'Description', markdown: true }),
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    ...pictureField('logo', 'sponsor', id, changeset.row.logoUrl),
    reps(sheet, changeset),
  ]

  return formPage(frame, changeset, [{ title: 'Sponsor', fields }], {
    action: isNew ? admin.sponsors : admin.editSponsor(id),
    save: isNew ? 'Create sponsor' : 'Save',
    cancelHref: admin.sponsors,
    viewHref: isNew ? null : admin.sponsor(id),
    isWatched: !isNew,
    editing: editing('sponsor', id),
    closes: !isNew,
    remove:
      !isNew && sponsors.may(actor, 'delete')
        ? {
            action: admin.removeSponsor(id),
            label: 'Delete sponsor',
            question: 'Delete this sponsor? That works as long as no episode names it.',
          }
        : null,
  })
}

function reps(
  sheet: sponsors.SponsorSheet,
  changeset: Changeset<typeof sponsors.Sponsor>,
): RowsField {
  return rowsOf(changeset, 'sponsorReps', {
    label: 'Its people',
    help: 'Whoever is named here opens the report from the page of their profile, once they are signed in.',
    add: 'Add a person',
    empty: 'Nobody yet: the report is seen by administrators only.',
    target: sponsors.SponsorRep,
    stored: sheet.sponsorReps,
    fields: (form, { id }) => [
      form.picker('personId', personPicker('Person', sheet.sponsorReps, id)),
    ],
  })
}
