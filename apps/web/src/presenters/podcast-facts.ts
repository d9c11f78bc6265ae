import { type PodcastPage } from '@showrunner/domain/podcasts'
import { creditFacts, type Fact, fact } from './facts.ts'
import { listOf } from './names.ts'
import { type Words } from '../words/index.ts'

export function podcastFacts(
  { credits, topics, explicit, license, copyright }: PodcastPage['podcast'],
  words: Words,
): readonly Fact[] {
  return [
    ...creditFacts(credits, words),
    ...(topics.length > 0
      ? [
          fact(
            words.episode.filedUnder,
            listOf(
              topics.map(({ name }) => name),
              words,
            ),
          ),
        ]
      : []),
    ...(explicit ? [fact(words.episode.language, words.episode.explicit)] : []),
    ...(license ? [fact(words.episode.licence, license.name, license.url)] : []),
    ...(copyright ? [fact(words.episode.copyright, copyright)] : []),
  ]
}
