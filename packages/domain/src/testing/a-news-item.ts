import { type Repo } from '@showrunner/data'
import { createNewsItem, type NewsItem } from '../news/index.ts'
import { type Actor, VISITOR } from '../policies/index.ts'

type Params = Readonly<Record<string, unknown>>

/** A draft of a news item that lacks nothing. */
export async function aNewsItem(
  repo: Repo,
  params: Params = {},
  logger: Actor = VISITOR,
): Promise<NewsItem> {
  const said = { headline: 'The clock is right', url: 'https://clock.example/', ...params }
  const made = await createNewsItem(repo, logger, said)
  if (made.ok) return made.value
  throw new Error(`the fixture is refused: ${JSON.stringify(made.changeset.errors)}`)
}
