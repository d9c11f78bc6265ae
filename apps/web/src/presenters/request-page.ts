import { errorMessages, type AnyChangeset } from '@showrunner/data'
import { type Person } from '@showrunner/domain/people'
import { type Podcast } from '@showrunner/domain/podcasts'
import { LONGEST_WISH } from '@showrunner/domain/requests'
import { addresses } from '../addresses.ts'
import { cover, type Cover } from './cover.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { listOf } from './names.ts'
import { palette } from './palette.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'

/** The form that asks for an episode. */
export interface RequestPage {
  readonly frame: Frame
  readonly title: string
  readonly shows: readonly ShowChoice[]
  readonly showError: string | null
  readonly fields: readonly RequestField[]
  /** What is wrong, each with the field it is about. */
  readonly summary: readonly { readonly words: string; readonly href: string }[]
  /** Under whose name it is asked. Nobody's yet, when they have to say so. */
  readonly as: { readonly name: string; readonly email: string } | null
}

interface ShowChoice {
  readonly slug: string
  readonly name: string
  readonly words: string | null
  readonly style: SafeHtml
  readonly cover: Cover
  readonly chosen: boolean
}

export interface RequestField {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly value: string
  readonly error: string | null
  readonly required: boolean
  readonly maxLength: number
  /** How many lines it has; one, unless said. */
  readonly lines: number
  readonly type: 'text' | 'email'
  readonly autocomplete: string | null
}

type Typed = Readonly<Record<string, string>>

interface Asked {
  readonly podcasts: readonly Podcast[]
  readonly person: Person | undefined
  readonly typed?: Typed
  readonly changeset?: Pick<AnyChangeset, 'errors'>
}

export function requestPage(
  site: Site,
  { podcasts, person, typed = {}, changeset }: Asked,
): RequestPage {
  const as = person?.email == null ? null : { name: person.name, email: person.email }
  const { request } = site.words
  const wrong = changeset ? errorMessages(changeset, site.words.errors) : {}
  const kinds = as ? wishFields(site.words) : [...whoFields(site.words), ...wishFields(site.words)]
  const fields = kinds.map((kind) => ({
    ...PLAIN,
    ...kind,
    value: typed[kind.name] ?? '',
    error: sentence(kind.label, wrong[kind.name]),
  }))
  const showError = wrong['podcastId'] ? request.choose : null
  const [only] = podcasts
  const chosen = typed['podcast'] ?? (podcasts.length === 1 ? only?.slug : undefined)

  return {
    frame: frame(site, {
      title: request.title,
      description: request.ask(
        listOf(
          podcasts.map(({ title }) => title),
          site.words,
        ) || site.title,
      ),
      address: addresses.request,
    }),
    title: request.title,
    shows: podcasts.map((podcast) => ({
      slug: podcast.slug,
      name: podcast.title,
      words: podcast.subtitle,
      style: palette(podcast),
      cover: cover(podcast.title, podcast.coverUrl),
      chosen: podcast.slug === chosen,
    })),
    showError,
    fields,
    summary: [
      ...(showError ? [{ words: showError, href: '#shows' }] : []),
      ...fields.flatMap(({ name, error }) => (error ? [{ words: error, href: `#${name}` }] : [])),
    ],
    as,
  }
}

const PLAIN = {
  help: null,
  required: false,
  lines: 1,
  type: 'text',
  autocomplete: null,
} as const

type Kind = Pick<RequestField, 'name' | 'label' | 'maxLength'> & Partial<RequestField>

function whoFields({ request: { fields } }: Words): readonly Kind[] {
  return [
    { name: 'name', label: fields.name, maxLength: 255, required: true, autocomplete: 'name' },
    {
      name: 'email',
      label: fields.email,
      help: fields.emailHelp,
      maxLength: 254,
      required: true,
      type: 'email',
      autocomplete: 'email',
    },
  ]
}

function wishFields({ request: { fields } }: Words): readonly Kind[] {
  return [
    {
      name: 'pitch',
      label: fields.pitch,
      help: fields.pitchHelp,
      maxLength: LONGEST_WISH.pitch,
      required: true,
      lines: 8,
    },
    {
      name: 'topics',
      label: fields.topics,
      help: fields.topicsHelp,
      maxLength: LONGEST_WISH.topics,
    },
    {
      name: 'guests',
      label: fields.guests,
      help: fields.guestsHelp,
      maxLength: LONGEST_WISH.guests,
      lines: 3,
    },
    {
      name: 'hosts',
      label: fields.hosts,
      help: fields.hostsHelp,
      maxLength: LONGEST_WISH.hosts,
    },
    {
      name: 'pronunciation',
      label: fields.pronunciation,
      help: fields.pronunciationHelp,
      maxLength: LONGEST_WISH.pronunciation,
    },
  ]
}

function sentence(label: string, messages: readonly string[] | undefined): string | null {
  const [first] = messages ?? []
  return first === undefined ? null : `${label} ${first}.`
}
