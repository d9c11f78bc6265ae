import { build, change, from, type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import {
  EpisodeRequest,
  messageChangeset,
  requestChangeset,
  RequestMessage,
} from '../requests/index.ts'
import { type DemoRequest } from './content.ts'
import { idOf, type Named } from './names.ts'

const DAY_MS = 24 * 60 * 60_000

/** What somebody asked for, what was said about it, and its episode, when it has one. Nobody is mailed. */
export async function seedRequest(
  repo: Repo,
  asked: DemoRequest,
  { people }: Named,
  asOf: Date,
): Promise<void> {
  const ago = (days: number) => new Date(asOf.getTime() - days * DAY_MS)
  const { id: podcastId } = await repo.getByOrThrow(Podcast, { slug: asked.podcast })
  const submitter = await personOfAddresses(repo, [asked.by.email], asked.by.name)
  const { id: requestId } = await repo.insertOrThrow(
    change(
      requestChangeset(build(EpisodeRequest, { podcastId, submitterId: submitter.id }), asked),
      {
        status: asked.status,
        answeredAt: asked.status === 'fresh' ? null : ago(asked.daysAgo - 1),
        announcedAt: asked.episode === undefined ? null : asOf,
        insertedAt: ago(asked.daysAgo),
      },
    ),
  )
  for (const { from: author, daysAgo, body } of asked.messages ?? []) {
    const by =
      author === 'submitter'
        ? ({ author, personId: submitter.id } as const)
        : ({ author: 'staff', personId: idOf(people, author) } as const)
    const message = build(RequestMessage, { requestId, podcastId, ...by })
    await repo.insertOrThrow(
      change(messageChangeset(message, { body }), { insertedAt: ago(daysAgo) }),
    )
  }
  if (asked.episode === undefined) return
  await repo.updateAll(from(Episode).where({ podcastId, slug: asked.episode }), { requestId })
}
