import { from, type Repo, sql } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { agentName, isListener } from './agents.ts'
import { DAY_MS, dayOf, type Listener, namingListeners } from './listeners.ts'
import { type BytesBefore, minuteOf, soundAt } from './minute.ts'
import { bytesOf, isEstimated, type SentPiece } from './sent-piece.ts'

/** A piece of an episode that we know, by somebody who may hear it. */
interface KnownPiece {
  readonly piece: SentPiece
  readonly listener: Listener
  readonly episodeId: number
  readonly podcastId: number
  readonly bytes: number
  readonly needed: number
}

/**
 * Counts what was sent, on whichever nodes: once for each listener of an episode within 24 hours, as soon as all that was
 * sent to them is a minute of it. Says how many downloads there are by it.
 */
export async function countPieces(
  repo: Repo,
  pieces: readonly SentPiece[],
  before: BytesBefore = async () => 0,
): Promise<number> {
  const heard = pieces.filter(({ userAgent }) => isListener(userAgent))
  const episodes = await episodesAt(
    repo,
    heard.map(({ address }) => address),
  )
  const ofEpisodes = heard.filter(({ address }) => episodes.has(address))
  if (ofEpisodes.length === 0) return 0
  const tags = new Map<string, number>()
  for (const address of episodes.keys()) tags.set(address, await before(address))

  return repo.transaction(async () => {
    const nameOf = await namingListeners(
      repo,
      ofEpisodes.map(({ at }) => at),
    )
    const known = ofEpisodes.flatMap((piece): readonly KnownPiece[] => {
      const episode = episodes.get(piece.address)
      if (!episode) return []
      const sound = soundAt(episode, piece.address)
      const bytes = bytesOf(piece, sound.bytes)
      const needed = minuteOf(sound, tags.get(piece.address) ?? 0)
      const { id: episodeId, podcastId } = episode
      return [{ piece, listener: nameOf(piece), episodeId, podcastId, bytes, needed }]
    })
    const reached = await add(repo, known)
    await write(repo, reached)
    return reached.length
  })
}

async function episodesAt(
  repo: Repo,
  given: readonly string[],
): Promise<ReadonlyMap<string, Episode>> {
  const addresses = [...new Set(given)]
  if (addresses.length === 0) return new Map()
  const rows = await repo.all(
    from(Episode).where((eb) =>
      eb.or([eb('audioUrl', 'in', addresses), eb('membersAudioUrl', 'in', addresses)]),
    ),
  )
  return new Map(
    rows.flatMap((episode) =>
      [episode.audioUrl, episode.membersAudioUrl].flatMap((url) =>
        url !== null && addresses.includes(url) ? [[url, episode] as const] : [],
      ),
    ),
  )
}

/** Adds the pieces to what each was sent before, and gives those with which a minute is reached. */
async function add(repo: Repo, known: readonly KnownPiece[]): Promise<readonly KnownPiece[]> {
  const values = known.map(({ listener, episodeId, podcastId, bytes, needed, piece: { at } }) => {
    const soonest = new Date(at.getTime() - DAY_MS)
    return sql`(${episodeId}::bigint, ${podcastId}::bigint, ${listener.today}, ${listener.yesterday}::text,
      ${soonest.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz, ${bytes}::bigint, ${needed}::bigint)`
  })
  // In one order on every node, so that two never wait for each other.
  const rows = await repo.run(
    sql<{ id: number; episodeId: number; listener: string }>`
      insert into download_pieces as kept (episode_id, podcast_id, listener, began_at, bytes, needed)
      select episode_id, podcast_id, listener, min(at), sum(bytes), max(needed) from (
        select sent.*, coalesce((select p.listener from download_pieces p
          where p.episode_id = sent.episode_id and p.listener = sent.yesterday and p.began_at > sent.soonest), sent.today) as listener
        from (values ${sql.join(values)}) as sent (episode_id, podcast_id, today, yesterday, soonest, at, bytes, needed)
      ) named
      group by episode_id, podcast_id, listener order by episode_id, listener
      on conflict (episode_id, listener) do update
        set bytes = kept.bytes + excluded.bytes, began_at = least(kept.began_at, excluded.began_at)
      returning id::int, episode_id::int, listener`,
  )
  const ids = rows.map(({ id }) => id)
  const reached = await repo.run(
    sql<{ episodeId: number; listener: string }>`
      update download_pieces set counted = true
      where id = any(${ids}::bigint[]) and not counted and bytes >= needed
      returning episode_id::int, listener`,
  )
  return reached.flatMap(({ episodeId, listener }) => {
    const last = known.findLast(
      (one) =>
        one.episodeId === episodeId &&
        (one.listener.today === listener || one.listener.yesterday === listener),
    )
    return last ? [last] : []
  })
}

/** Writes down the downloads, with nothing of whose they are. */
async function write(repo: Repo, reached: readonly KnownPiece[]): Promise<void> {
  if (reached.length === 0) return
  const values = reached.map(({ piece, episodeId, podcastId }) => {
    const said = [dayOf(piece.at), agentName(piece.userAgent), piece.way] as const
    return sql`(${podcastId}::bigint, ${episodeId}::bigint, ${said[0]}::date, ${said[1]}, ${said[2]}, ${isEstimated(piece)}::boolean)`
  })
  await repo.run(sql`
    insert into download_counts as kept (podcast_id, episode_id, day, agent, way, estimated, downloads)
    select one.*, count(*) from (values ${sql.join(values)}) as one (podcast_id, episode_id, day, agent, way, estimated)
    group by 1, 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
    on conflict (episode_id, day, agent, way, estimated) do update set downloads = kept.downloads + excluded.downloads`)
}
