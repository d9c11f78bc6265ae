import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as people from '@showrunner/domain/people'
import { addresses } from '../../addresses.ts'
import { editing } from '../../channels/editing-channel.ts'
import { type ChoiceField, type Field } from '../../admin/field.ts'
import { type Form, formOf, typed } from '../../admin/form.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type UploadPanel } from './upload-panel.ts'

const { admin } = addresses

type PersonChangeset = Changeset<typeof people.Person>

/** What is said of somebody, with their portrait; somebody new has none yet. */
export interface PersonSheetPage extends FormPage {
  readonly portrait: UploadPanel | null
}

export function personForm(
  frame: AdminFrame,
  actor: Account,
  changeset: PersonChangeset,
  portrait: UploadPanel | null = null,
): PersonSheetPage {
  const form = formOf(changeset)
  const { id } = changeset.row
  const isNew = id === null
  const account = people.may(actor, 'updateEmail') ? accountFields(form, isNew) : []
  const page = formPage(
    frame,
    changeset,
    [
      { title: 'Profile', fields: profile(form, isNew) },
      { title: 'Elsewhere', fields: elsewhere(form) },
      {
        title: 'Account',
        ...(account.length === 0 && {
          help: 'Administrators say with which address somebody signs in.',
        }),
        fields: [
          ...account,
          form.text('timeZone', {
            label: 'Time zone',
            width: 'short',
            help: 'Such as Europe/Berlin. Times they type and read in the admin area are in it; left empty, UTC.',
          }),
        ],
      },
    ],
    {
      action: isNew ? admin.people : admin.editPerson(id),
      save: isNew ? 'Add person' : 'Save',
      cancelHref: isNew ? admin.people : admin.person(id),
      isWatched: !isNew,
      editing: editing('person', id),
    },
  )
  return { ...page, portrait }
}

function profile(form: Form<typeof people.Person>, isNew: boolean): readonly Field[] {
  return [
    form.text('name', { label: 'Name', help: 'As listeners read it.' }),
    form.text('handle', {
      label: 'Handle',
      width: 'short',
      help: isNew
        ? 'Ends the address of their page. Left empty it is made of the name.'
        : 'Ends the address of their page. The old one leads to the new one.',
    }),
    form.longText('bio', { label: 'About them', lines: 6, markdown: true }),
    form.text('location', { label: 'Where they are' }),
  ]
}

function elsewhere(form: Form<typeof people.Person>): readonly Field[] {
  return [
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    form.text('mastodonHandle', { label: 'Mastodon', help: 'As in ada@server.example.' }),
    form.text('blueskyHandle', { label: 'Bluesky', help: 'As in ada.bsky.social.' }),
    form.text('githubHandle', { label: 'GitHub', help: 'The name there, without the address.' }),
    form.text('linkedinHandle', { label: 'LinkedIn', help: 'What stands after /in/.' }),
  ]
}

function accountFields(form: Form<typeof people.Person>, isNew: boolean): readonly Field[] {
  const email = form.text('email', {
    label: 'E-mail address',
    type: 'email',
    help: 'Whoever reads mail there signs in as them. Shown to administrators only.',
  })
  return isNew ? [email, welcome(form.changeset)] : [email]
}

function welcome(changeset: PersonChangeset): ChoiceField {
  return {
    kind: 'choice',
    id: 'f-welcome',
    name: 'welcome',
    label: 'Mail',
    help: 'What is mailed to them when they are added. The mails can be read under Mails.',
    errors: [],
    required: false,
    value: typed(changeset, 'welcome') ?? '',
    options: [
      { value: '', label: 'None' },
      { value: 'member', label: 'Welcome, with how to sign in' },
      { value: 'guest', label: 'Welcome as a guest, with the guide for guests' },
    ],
  }
}

/** What an administrator lets somebody do. */
export function rolesForm(
  frame: AdminFrame,
  person: people.Person,
  changeset: PersonChangeset,
): FormPage {
  const form = formOf(changeset)
  const fields = [
    form.box('admin', { label: 'Administrator', help: 'May do everything.' }),
    form.box('editor', { label: 'Editor', help: 'Writes posts, and looks after people.' }),
    form.box('host', {
      label: 'Host',
      help: 'Works on the podcasts that name them as a host. Without this they are only named.',
    }),
  ]
  return formPage(frame, changeset, [{ title: 'Roles', fields }], {
    action: admin.personRoles(person.id),
    save: 'Save',
    cancelHref: admin.person(person.id),
  })
}
