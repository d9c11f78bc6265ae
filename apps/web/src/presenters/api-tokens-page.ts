import { type Changeset, errorMessages } from '@showrunner/data'
import { type SessionWithPerson } from '@showrunner/domain/accounts'
import {
  type ApiToken,
  type ApiTokenWithOwner,
  isExpired,
  LASTING_DAYS,
  SCOPES,
} from '@showrunner/domain/api-tokens'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type Field } from '../admin/field.ts'
import { formOf, type Problem, problemsOf } from '../admin/form.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { masqueradeBar } from './masquerade-bar.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** The tokens of whoever looks. */
export interface ApiTokensPage extends NoticePage {
  readonly mayCreate: boolean
  readonly made: { readonly name: string; readonly secret: string } | null
  readonly tokens: readonly TokenLine[]
}

/** A token that was just made. */
export interface MadeSecret {
  readonly tokenId: number
  readonly secret: string
}

interface TokenLine {
  readonly name: string
  readonly hint: string
  readonly may: readonly string[]
  readonly podcasts: string
  readonly used: Moment | null
  readonly made: Moment
  readonly until: Moment | null
  readonly isExpired: boolean
  readonly revokeAction: string
}

interface TokensShown {
  readonly here: SessionWithPerson
  readonly tokens: readonly ApiTokenWithOwner[]
  readonly mayCreate: boolean
  readonly made: MadeSecret | undefined
  readonly asOf: Date
}

export function apiTokensPage(
  site: Site,
  { here, tokens, mayCreate, made, asOf }: TokensShown,
): ApiTokensPage {
  const token = tokens.find(({ id }) => id === made?.tokenId)
  return {
    ...noticePage(site, site.words.tokens.title, addresses.apiTokens),
    masquerade: masqueradeBar(here),
    mayCreate,
    made: token && made ? { name: token.name, secret: made.secret } : null,
    tokens: tokens.map((one) => tokenLine(one, asOf, site.words)),
  }
}

function tokenLine(token: ApiTokenWithOwner, asOf: Date, words: Words): TokenLine {
  const { id, name, hint, scopes, allPodcasts, tokenPodcasts, lastUsedAt, expiresAt } = token
  return {
    name,
    hint,
    may: SCOPES.filter((scope) => scopes.includes(scope)).map(
      (scope) => words.tokens.scopes[scope],
    ),
    podcasts: allPodcasts
      ? words.tokens.allPodcasts
      : tokenPodcasts.map(({ podcast }) => podcast.title).join(', '),
    used: lastUsedAt && moment(lastUsedAt, words),
    made: moment(token.insertedAt, words),
    until: expiresAt && moment(expiresAt, words),
    isExpired: isExpired(token, asOf),
    revokeAction: addresses.revokeApiToken(id),
  }
}

/** One that is to be made, as a form. */
export interface ApiTokenForm extends NoticePage {
  readonly problems: readonly Problem[]
  readonly name: Field
  readonly scopes: readonly Choice[]
  readonly scopesError: string | null
  readonly isAll: boolean
  readonly podcasts: readonly Choice[]
  readonly podcastsError: string | null
  readonly lasts: readonly Choice[]
  readonly lastsError: string | null
}

interface Choice {
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
}

/** What was typed, or what a form begins with. */
export interface TokenSaid {
  readonly scopes: readonly string[]
  readonly podcasts: readonly number[]
  readonly allPodcasts: string
  readonly lasts: string
}

interface FormShown {
  readonly here: SessionWithPerson
  readonly changeset: Changeset<typeof ApiToken>
  readonly said: TokenSaid
  readonly podcasts: readonly Pick<Podcast, 'id' | 'title'>[]
}

export function apiTokenForm(
  site: Site,
  { here, changeset, said, podcasts }: FormShown,
): ApiTokenForm {
  const { account, errors, tokens } = site.words
  const messages = errorMessages(changeset, errors)
  const errorOf = (field: string, words: (error: string) => string) => {
    const [error] = messages[field] ?? []
    return error === undefined ? null : words(error)
  }
  const name = formOf(changeset, '', errors).text('name', {
    label: account.profile.name,
    maxLength: 120,
    help: tokens.nameHelp,
  })
  const wrong = {
    scopesError: errorOf('scopes', tokens.scopesHave),
    podcastsError: errorOf('allPodcasts', tokens.podcastsHave),
    lastsError: errorOf('expiresAt', tokens.lastsHas),
  }
  return {
    ...noticePage(site, tokens.newTitle, addresses.newApiToken),
    masquerade: masqueradeBar(here),
    problems: [
      ...problemsOf([name]),
      ...Object.entries(wrong).flatMap(([field, message]): Problem[] =>
        message === null ? [] : [{ message, href: `#f-${field.replace('Error', '')}` }],
      ),
    ],
    name,
    ...wrong,
    scopes: SCOPES.map((value) => {
      return { value, label: tokens.scopes[value], isChosen: said.scopes.includes(value) }
    }),
    isAll: said.allPodcasts === 'true',
    podcasts: podcasts.map(({ id, title }) => {
      return { value: String(id), label: title, isChosen: said.podcasts.includes(id) }
    }),
    lasts: LASTING_DAYS.map((days) => {
      const value = String(days ?? '')
      const label = days === null ? tokens.forever : tokens.days(days)
      return { value, label, isChosen: said.lasts === value }
    }),
  }
}
