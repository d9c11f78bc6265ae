import { type Episode } from '@showrunner/domain/episodes'
import { moment, type Moment } from './dates.ts'
import { type Credit, creditFacts, type Fact, fact, momentFact } from './facts.ts'
import { listOf } from './names.ts'
import { type Words } from '../words/index.ts'

export type FactEpisode = Pick<
  Episode,
  'recordedAt' | 'explicit' | 'license' | 'locations' | 'websiteUrl'
> & { readonly credits: readonly Credit[] }

export function episodeFacts(
  episode: FactEpisode,
  published: Moment | null,
  words: Words,
): readonly Fact[] {
  const { recordedAt, explicit, license, locations } = episode

  return [
    ...creditFacts(episode.credits, words),
    ...(published ? [momentFact(words.episode.published, published)] : []),
    ...(recordedAt ? [momentFact(words.episode.recorded, moment(recordedAt, words))] : []),
    ...(locations.length > 0
      ? [
          fact(
            words.episode.about,
            listOf(
              locations.map(({ name }) => name),
              words,
            ),
          ),
        ]
      : []),
    ...(explicit ? [fact(words.episode.language, words.episode.explicit)] : []),
    ...(license ? [fact(words.episode.licence, license.name, license.url)] : []),
  ]
}
