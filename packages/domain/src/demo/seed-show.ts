import { randomUUID } from 'node:crypto'
import { build, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import {
  announcedOver,
  ChatMessage,
  LiveNote,
  LiveReaction,
  LiveShow,
  liveShowChangeset,
  REACTIONS,
} from '../live/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type DemoShow } from './content.ts'
import { idOf, type Named } from './names.ts'

const [MINUTE_MS, DAY_MS, EVENING_HOUR] = [60_000, 24 * 60 * 60_000, 18]

/** A live show, to come or past, with what was said in it. */
export async function seedShow(
  repo: Repo,
  show: DemoShow,
  named: Named,
  asOf: Date,
): Promise<void> {
  const { id: podcastId } = await repo.getByOrThrow(Podcast, { slug: show.podcast })
  const { id: episodeId } = await repo.getByOrThrow(Episode, { podcastId, slug: show.episode })
  const of = { podcastId, episodeId }
  const startsAt = evening(new Date(asOf.getTime() + show.inDays * DAY_MS))
  const past = show.inDays < 0 ? wasOnAir(startsAt, show.minutes) : {}
  await repo.insertOrThrow(
    liveShowChangeset(build(LiveShow, { ...of, ...past, guid: randomUUID() }), {
      startsAt,
      plannedMinutes: show.minutes,
      streamUrl: show.streamUrl,
    }),
  )
  await repo.insertAll(
    LiveNote,
    show.notes.map(({ by, text, url = null, atSeconds }) => ({
      ...of,
      text,
      url,
      personId: idOf(named.people, by),
      atMs: atSeconds === undefined ? null : atSeconds * 1000,
    })),
  )
  await repo.insertAll(
    ChatMessage,
    show.chat.map(({ by, text, atMinutes = 0, minutesAgo }) => ({
      ...of,
      text,
      personId: idOf(named.people, by),
      insertedAt:
        minutesAgo === undefined
          ? new Date(startsAt.getTime() + atMinutes * MINUTE_MS)
          : new Date(asOf.getTime() - minutesAgo * MINUTE_MS),
    })),
  )
  await repo.insertAll(
    LiveReaction,
    REACTIONS.flatMap((kind) => {
      const count = show.reactions?.[kind]
      return count === undefined ? [] : [{ ...of, kind, count }]
    }),
  )
}

function evening(day: Date): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), EVENING_HOUR))
}

function wasOnAir(wentLiveAt: Date, minutes: number) {
  const endedAt = new Date(wentLiveAt.getTime() + minutes * MINUTE_MS)
  return { wentLiveAt, endedAt, announcedUntil: announcedOver(endedAt) }
}
