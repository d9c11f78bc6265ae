import { type Episode } from '@showrunner/domain/episodes'
import { moment, type Moment } from './dates.ts'
import { type Credit, creditFacts, type Fact, fact } from './facts.ts'
import { listOf } from './names.ts'

export type FactEpisode = Pick<
  Episode,
  'recordedAt' | 'explicit' | 'license' | 'locations' | 'websiteUrl'
> & { readonly credits: readonly Credit[] }

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
