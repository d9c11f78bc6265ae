import { build, change, from, type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { Comment, renderComment, setStanding } from '../comments/index.ts'
import { Episode } from '../episodes/index.ts'
import { NewsIssue, newsIssueChangeset } from '../issues/index.ts'
import { NewsItem, newsItemChangeset, NewsSource, newsSourceChangeset } from '../news/index.ts'
import { type DemoComment, type DemoNewsItem, type NewsFile } from './content.ts'
import { idOf, type Ids, type Named } from './names.ts'
import { morning, publication } from './publication.ts'

const HOUR_MS = 60 * 60_000

/** What is news, in every state, an issue with some of it, and what was said below. Nobody is mailed. */
export async function seedNews(
  repo: Repo,
  file: NewsFile,
  named: Named,
  asOf: Date,
): Promise<void> {
  const sources = new Map<string, number>()
  for (const source of file.sources) {
    const { id } = await repo.insertOrThrow(newsSourceChangeset(build(NewsSource), source))
    sources.set(source.slug, id)
  }
  const items = new Map<string, number>()
  for (const [at, item] of file.items.entries()) {
    items.set(item.key, await seedItem(repo, item, { named, sources, asOf, at }))
  }
  for (const { items: shown, publishedDaysAgo, ...issue } of file.issues) {
    const newsIssueItems = shown.map(([key, withPicture], position) => {
      return { newsItemId: idOf(items, key), withPicture, position }
    })
    const changeset = newsIssueChangeset(build(NewsIssue), { ...issue, newsIssueItems })
    const out = publication({ publishedDaysAgo }, asOf)
    await repo.insertOrThrow(change(changeset, { ...out, announcedAt: out.publishedAt }))
  }
  await seedComments(repo, file.comments, { named, items, asOf })
}

interface Around {
  readonly named: Named
  readonly sources: Ids
  readonly asOf: Date
  readonly at: number
}

async function seedItem(
  repo: Repo,
  item: DemoNewsItem,
  { named, sources, asOf, at }: Around,
): Promise<number> {
  const { source, episode, logger, submitter, publishedDaysAgo, status, topics } = item
  const changeset = newsItemChangeset(build(NewsItem), {
    ...item,
    source: undefined,
    episode: undefined,
    sourceId: source === undefined ? null : idOf(sources, source),
    episodeId: episode === undefined ? null : await episodeId(repo, episode),
    newsItemTopics: topics.map((topic, position) => {
      return { topicId: idOf(named.topics, topic), position }
    }),
  })
  const publishedAt = publishedDaysAgo === undefined ? null : morning(asOf, publishedDaysAgo)
  const { id } = await repo.insertOrThrow(
    change(changeset, {
      status: status ?? 'published',
      publishedAt,
      announcedAt: publishedAt,
      queuePosition: status === 'queued' ? at : null,
      loggerId: logger === undefined ? null : idOf(named.people, logger),
      submitterId: submitter === undefined ? null : await personId(repo, named, submitter),
      remark: item.remark ?? null,
    }),
  )
  return id
}

interface Below {
  readonly named: Named
  readonly items: Ids
  readonly asOf: Date
}

async function seedComments(
  repo: Repo,
  comments: readonly DemoComment[],
  { named, items, asOf }: Below,
): Promise<void> {
  const said = new Map<string, Comment>()
  for (const { key, about, below, by, hoursAgo, body, isNew = false } of comments) {
    const authorId = await personId(repo, named, by)
    const parent = below === undefined ? undefined : said.get(below)
    const at = new Date(asOf.getTime() - hoursAgo * HOUR_MS)
    const comment = build(Comment, {
      ...(typeof about === 'string'
        ? { newsItemId: idOf(items, about) }
        : { episodeId: await episodeId(repo, about) }),
      ...(parent && { parentId: parent.id, depth: parent.depth + 1 }),
      authorId,
      body,
      bodyHtml: renderComment(body),
      approved: !isNew,
    })
    said.set(key, await repo.insertOrThrow(comment))
    await repo.updateAll(from(Comment).where({ id: said.get(key)?.id ?? 0 }), { insertedAt: at })
    if (!isNew) await setStanding(repo, authorId, 'trusted', { id: authorId })
  }
}

/** By their handle, or by their address, as who is only a listener has nothing else. */
async function personId(repo: Repo, { people }: Named, who: string): Promise<number> {
  return who.includes('@') ? (await personOfAddresses(repo, [who])).id : idOf(people, who)
}

async function episodeId(repo: Repo, [podcast, slug]: readonly [string, string]): Promise<number> {
  const episodes = await repo.all(from(Episode).where({ slug }).preload('podcast'))
  const episode = episodes.find((one) => one.podcast.slug === podcast)
  if (!episode) throw new Error(`the demo names "${podcast}/${slug}", which is not in it`)
  return episode.id
}
