import { type z } from 'zod'
import { type Outside } from '../outside.ts'
import {
  type Author,
  type PersonPart,
  type PodcastPart,
  type Somebody as SomebodyPart,
  type TopicPart,
} from '../schemas/parts.ts'

interface Somebody {
  readonly handle: string
  readonly name: string
  readonly avatarUrl: string | null
}

interface Credit {
  readonly role: string
  readonly person: Somebody
}

type Part = z.output<typeof PersonPart>['part']

export function peopleOf(
  outside: Outside,
  parts: Readonly<Partial<Record<Part, readonly Credit[]>>>,
): z.output<typeof PersonPart>[] {
  return (['host', 'guest', 'credit'] as const).flatMap((part) =>
    (parts[part] ?? []).map(({ role, person }) => {
      const { handle, name, avatarUrl, apiUrl } = authorOf(outside, person)
      return { handle, name, part, role, avatarUrl, apiUrl }
    }),
  )
}

export function authorOf(
  outside: Outside,
  { handle, name, avatarUrl }: Somebody,
): z.output<typeof Author> {
  return {
    handle,
    name,
    avatarUrl: outside.maybeAt(avatarUrl),
    apiUrl: outside.api(`/people/${handle}`),
  }
}

/** Whoever it is; a page of theirs is told of where they are among those who have one. */
export function somebody(
  outside: Outside,
  person: (Somebody & { readonly id: number }) | undefined | null,
  known: ReadonlySet<number>,
): z.output<typeof SomebodyPart> | null {
  if (!person) return null
  const { id, name, avatarUrl } = person
  if (known.has(id)) return authorOf(outside, person)
  // What lies elsewhere is nobody's business but theirs.
  const isOurs = avatarUrl?.startsWith('/') === true
  return { name, handle: null, avatarUrl: isOurs ? outside.at(avatarUrl) : null, apiUrl: null }
}

export function topicParts(
  outside: Outside,
  topics: readonly { readonly slug: string; readonly name: string }[],
): z.output<typeof TopicPart>[] {
  return topics.map(({ slug, name }) => {
    return { slug, name, apiUrl: outside.api(`/topics/${slug}`) }
  })
}

export function podcastPart(
  outside: Outside,
  { slug, title }: { readonly slug: string; readonly title: string },
): z.output<typeof PodcastPart> {
  return { slug, title, apiUrl: outside.api(`/podcasts/${slug}`) }
}

export function secondsOf(ms: number): number {
  return ms / 1000
}

export function maybeSeconds(ms: number | null): number | null {
  return ms === null ? null : secondsOf(ms)
}
