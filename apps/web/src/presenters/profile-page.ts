import { type AnyChangeset, type Changeset, errorMessages } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import { type Person } from '@showrunner/domain/people'
import { type Podcast, PUBLIC_STATUSES } from '@showrunner/domain/podcasts'
import { type Sponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../addresses.ts'
import { type Field } from '../admin/field.ts'
import { formOf, type Problem, problemsOf, typed } from '../admin/form.ts'
import { type Words } from '../words/index.ts'
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
  /** The reports of what they are of. */
  readonly reports: readonly { readonly title: string; readonly href: string }[]
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
  readonly sponsored: readonly Sponsor[]
  /** What was asked for another address, when it was refused. */
  readonly asked?: AnyChangeset
  readonly isSaved?: boolean
}

/** Every zone there is, as the browsers of the world call them. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

export function profilePage(
  site: Site,
  { account, changeset, hosted, sponsored, asked, isSaved = false }: ProfileShown,
): ProfilePage {
  const { email } = account.person
  const { words } = site
  const fields = fieldsOf(changeset, words)
  const zone = zoneField(changeset, words)
  const [emailError] = asked ? (errorMessages(asked, words.errors)['email'] ?? []) : []

  return {
    ...noticePage(site, words.account.profile.title, addresses.account),
    masquerade: masqueradeBar(account),
    isSaved,
    version: typed(changeset, 'lockVersion') ?? String(changeset.row.lockVersion),
    problems: [...overtaken(changeset, words), ...problemsOf(fields), ...zoneProblems(zone)],
    fields,
    zone,
    email,
    newEmail: asked ? (typed(asked, 'email') ?? '') : '',
    emailError: emailError === undefined ? null : words.account.emailError(emailError),
    shows: hosted.map((podcast) => hostedShow(account, podcast)),
    reports: sponsored.map(({ name, slug }) => ({
      title: words.account.report.title(name),
      href: addresses.sponsorReport(slug),
    })),
    adminHref: admin.may(account, 'enter') ? addresses.admin.dashboard : null,
  }
}

function fieldsOf(changeset: Changeset<typeof Person>, words: Words): readonly Field[] {
  const form = formOf(changeset, '', words.errors)
  const { profile } = words.account
  return [
    form.text('name', { label: profile.name, help: profile.nameHelp }),
    form.text('handle', {
      label: profile.handle,
      help: profile.handleHelp,
    }),
    form.longText('bio', {
      label: profile.bio,
      lines: 6,
      help: profile.bioHelp,
    }),
    form.text('location', { label: profile.location }),
    form.text('avatarUrl', {
      label: profile.picture,
      help: profile.pictureHelp,
    }),
    form.text('websiteUrl', { label: profile.website, type: 'url' }),
    form.text('githubHandle', { label: 'GitHub', help: profile.githubHelp }),
    form.text('mastodonHandle', { label: 'Mastodon', help: profile.mastodonHelp }),
    form.text('blueskyHandle', { label: 'Bluesky', help: profile.blueskyHelp }),
    form.text('linkedinHandle', { label: 'LinkedIn', help: profile.linkedinHelp }),
  ]
}

function zoneField(changeset: Changeset<typeof Person>, words: Words): ZoneField {
  const value = typed(changeset, 'timeZone') ?? changeset.row.timeZone ?? ''
  const [error] = errorMessages(changeset, words.errors)['timeZone'] ?? []
  // A name that is known under another today is still somebody's.
  const options = value === '' || ZONES.includes(value) ? ZONES : [value, ...ZONES]
  return {
    value,
    error: error === undefined ? null : `${words.account.profile.zone} ${error}.`,
    options,
  }
}

function zoneProblems({ error }: ZoneField): readonly Problem[] {
  return error === null ? [] : [{ message: error, href: '#f-timeZone' }]
}

function overtaken(changeset: Changeset<typeof Person>, { account }: Words): readonly Problem[] {
  const [error] = errorMessages(changeset)['lockVersion'] ?? []
  return error === undefined
    ? []
    : [
        {
          message: account.profile.overtaken,
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
