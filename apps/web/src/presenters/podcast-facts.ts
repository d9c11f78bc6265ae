import { type PodcastPage } from '@showrunner/domain/podcasts'
import { creditFacts, type Fact, fact } from './facts.ts'
import { listOf } from './names.ts'

export function podcastFacts({
  credits,
  topics,
  explicit,
  license,
  copyright,
}: PodcastPage['podcast']): readonly Fact[] {
  return [
    ...creditFacts(credits),
    ...(topics.length > 0 ? [fact('Filed under', listOf(topics.map(({ name }) => name)))] : []),
    ...(explicit ? [fact('Language', 'Explicit')] : []),
    ...(license ? [fact('Licence', license.name, license.url)] : []),
    ...(copyright ? [fact('Copyright', copyright)] : []),
  ]
}
