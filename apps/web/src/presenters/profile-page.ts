import { type AnyChangeset, type Changeset, errorMessages } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import { type Person } from '@showrunner/domain/people'
import { type Podcast, PUBLIC_STATUSES } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type Field } from '../admin/field.ts'
import { formOf, type Problem, problemsOf, typed } from '../admin/form.ts'
import { type Site } from './frame.ts'
import { masqueradeBar } from './masquerade-bar.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** What somebody says of themselves, as a form; with the address they sign in with, which is another. */
export interface ProfilePage extends NoticePage {
  readonly isSaved: boolean
  readonly version: string
  readonly problems: readonly Problem[]
  readonly fields: readonly Field[]
  readonly zone: ZoneField
  readonly email: string | null
  readonly newEmail: string
  readonly emailError: string | null
  readonly shows: readonly HostedShow[]
  readonly adminHref: string | null
}

interface ZoneField {
  readonly value: string
  readonly error: string | null
  readonly options: readonly string[]
}

interface HostedShow {
  readonly title: string
  /** Where it can be seen, or worked on. */
  readonly href: string | null
}

export interface ProfileShown {
  readonly account: Account
  readonly changeset: Changeset<typeof Person>
  readonly hosted: readonly Podcast[]
  /** What was asked for another address, when it was refused. */
  readonly asked?: AnyChangeset
  readonly isSaved?: boolean
}

/** Every zone there is, as the browsers of the world call them. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

export function profilePage(
  site: Site,
  { account, changeset, hosted, asked, isSaved = false }: ProfileShown,
): ProfilePage {
  const { email } = account.person
  const fields = fieldsOf(changeset)
  const zone = zoneField(changeset)
  const [emailError] = asked ? (errorMessages(asked)['email'] ?? []) : []

  return {
    ...noticePage(site, 'Your profile', addresses.account),
    masquerade: masqueradeBar(account),
    isSaved,
    version: typed(changeset, 'lockVersion') ?? String(changeset.row.lockVersion),
    problems: [...overtaken(changeset), ...problemsOf(fields), ...zoneProblems(zone)],
    fields,
    zone,
    email,
    newEmail: asked ? (typed(asked, 'email') ?? '') : '',
    emailError: emailError === undefined ? null : `This ${emailError}.`,
    shows: hosted.map((podcast) => hostedShow(account, podcast)),
    adminHref: admin.may(account, 'enter') ? addresses.admin.dashboard : null,
  }
}

function fieldsOf(changeset: Changeset<typeof Person>): readonly Field[] {
  const form = formOf(changeset)
  return [
    form.text('name', { label: 'Name', help: 'As others may read it.' }),
    form.text('handle', {
      label: 'Handle',
      help: 'Ends the address of your page, once something of yours is published: small letters, digits and dashes.',
    }),
    form.longText('bio', {
      label: 'About you',
      lines: 6,
      help: 'A paragraph or two. You can use Markdown.',
    }),
    form.text('location', { label: 'Where you are' }),
    form.text('avatarUrl', {
      label: 'Picture',
      help: 'The address of a picture of you, as square as you like to be seen.',
    }),
    form.text('websiteUrl', { label: 'Website', type: 'url' }),
    form.text('githubHandle', { label: 'GitHub', help: 'Your name there, without the address.' }),
    form.text('mastodonHandle', { label: 'Mastodon', help: 'As in you@server.example.' }),
    form.text('blueskyHandle', { label: 'Bluesky', help: 'As in you.bsky.social.' }),
    form.text('linkedinHandle', { label: 'LinkedIn', help: 'What stands after /in/.' }),
  ]
}

function zoneField(changeset: Changeset<typeof Person>): ZoneField {
  const value = typed(changeset, 'timeZone') ?? changeset.row.timeZone ?? ''
  const [error] = errorMessages(changeset)['timeZone'] ?? []
  // A name that is known under another today is still somebody's.
  const options = value === '' || ZONES.includes(value) ? ZONES : [value, ...ZONES]
  return { value, error: error === undefined ? null : `Time zone ${error}.`, options }
}

function zoneProblems({ error }: ZoneField): readonly Problem[] {
  return error === null ? [] : [{ message: error, href: '#f-timeZone' }]
}

function overtaken(changeset: Changeset<typeof Person>): readonly Problem[] {
  const [error] = errorMessages(changeset)['lockVersion'] ?? []
  return error === undefined
    ? []
    : [
        {
          message:
            'Your profile has been changed since you opened this form, perhaps in another window. Look at it again before you save.',
          href: addresses.account,
        },
      ]
}

function hostedShow(
  { hostOf, isAdmin }: Account,
  { id, slug, title, status }: Podcast,
): HostedShow {
  if (isAdmin || hostOf.includes(id)) return { title, href: addresses.admin.podcast(id) }
  const isPublic = (PUBLIC_STATUSES as readonly string[]).includes(status)
  return { title, href: isPublic ? addresses.podcast(slug) : null }
}
