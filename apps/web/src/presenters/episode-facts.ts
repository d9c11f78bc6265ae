import { type Episode } from '@showrunner/domain/episodes'
import { moment, type Moment } from './dates.ts'
import { listOf } from './names.ts'
import { roleName } from './people.ts'

/** A line of small print: what it is, and what it says. */
export interface Fact {
  readonly name: string
  readonly words: string
  readonly href: string | null
}

export type FactEpisode = Pick<
  Episode,
  'recordedAt' | 'explicit' | 'license' | 'locations' | 'websiteUrl'
> & { readonly credits: readonly Credit[] }

interface Credit {
  readonly role: string
  readonly person: { readonly name: string }
}

export function episodeFacts(episode: FactEpisode, published: Moment | null): readonly Fact[] {
  const { recordedAt, explicit, license, locations } = episode

  return [
    ...creditFacts(episode.credits),
    ...(published ? [fact('Published', published.full)] : []),
    ...(recordedAt ? [fact('Recorded', moment(recordedAt).full)] : []),
    ...(locations.length > 0 ? [fact('About', listOf(locations.map(({ name }) => name)))] : []),
    ...(explicit ? [fact('Language', 'Explicit')] : []),
    ...(license ? [fact('Licence', license.name, license.url)] : []),
  ]
}

function creditFacts(credits: readonly Credit[]): readonly Fact[] {
  const roles = Map.groupBy(credits, ({ role }) => role)

  return Array.from(roles, ([role, members]) =>
    fact(roleName(role), listOf(members.map(({ person }) => person.name))),
  )
}

function fact(name: string, words: string, href: string | null = null): Fact {
  return { name, words, href }
}
