import { castAssoc, type Changeset, check, from, type Loaded, type Repo } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { type Actor } from '../policies/index.ts'
import { formRow } from '../rows/index.ts'
import { Episode, episodeChangeset, type EpisodeType } from './episode.ts'
import { episodeTopicChangeset } from './episode-topic.ts'
import { may } from './policy.ts'

/** What is done to several episodes at once. */
export type EpisodesChange =
  | { readonly action: 'add-topic' | 'remove-topic'; readonly topicId: number }
  | { readonly action: 'type'; readonly type: EpisodeType }
  /** Null: as the podcast. */
  | { readonly action: 'explicit'; readonly explicit: boolean | null }
  | { readonly action: 'delete' }

const WITH_TOPICS = [{ episodeTopics: 'topic' }] as const
export type EpisodeWithTopics = Loaded<typeof Episode, typeof WITH_TOPICS>

export type EpisodesChanged =
  | { readonly ok: true; readonly changed: number }
  /** None is changed, because of this one. */
  | { readonly ok: false; readonly title: string; readonly changeset: Changeset<typeof Episode> }

/** Those of a podcast's episodes that have these ids, the newest first. */
export async function listEpisodesOf(
  repo: Repo,
  podcastId: number,
  ids: readonly number[],
): Promise<readonly EpisodeWithTopics[]> {
  if (ids.length === 0) return []
  return repo.all(ofThese(podcastId, ids).preload(...WITH_TOPICS))
}

/**
 * Does one thing to those of a podcast's episodes that somebody may do it to, to all of them or to none, and says how many
 * it changed. What is as wished already stays as it is.
 */
export async function changeEpisodes(
  repo: Repo,
  actor: Actor,
  { podcastId, ids }: { readonly podcastId: number; readonly ids: readonly number[] },
  change: EpisodesChange,
): Promise<EpisodesChanged> {
  if (ids.length === 0) return { ok: true, changed: 0 }
  return repo.transaction(async () => {
    const locked = ofThese(podcastId, ids).lock('for update')
    const found = await repo.all(locked.preload(...WITH_TOPICS))
    const needed = change.action === 'delete' ? 'delete' : 'update'
    let changed = 0
    for (const episode of found.filter((one) => may(actor, needed, one))) {
      const saved = await (change.action === 'delete'
        ? remove(repo, episode)
        : update(repo, episode, change))
      if (!saved.ok) return { ok: false, title: episode.title, changeset: saved.changeset } as const
      if (saved.isChanged) changed += 1
    }
    return { ok: true, changed } as const
  })
}

async function remove(repo: Repo, episode: EpisodeWithTopics) {
  await repo.deleteOrThrow(episode)
  return { ok: true, isChanged: true } as const
}

type Update = Exclude<EpisodesChange, { readonly action: 'delete' }>

async function update(repo: Repo, episode: EpisodeWithTopics, change: Update) {
  const params = paramsFor(episode, change)
  if (!params) return { ok: true, isChanged: false } as const
  const rows = { with: formRow(episodeTopicChangeset), forceUpdateOnChange: true }
  const changeset = check(episodeChangeset(episode, params), castAssoc('episodeTopics', rows))
  const saved = await repo.update(changeset, AS_OPENED)
  return saved.ok ? ({ ok: true, isChanged: true } as const) : saved
}

type Sent = Readonly<Record<string, unknown>>

/** What a form of this episode would send for it; nothing, where it is so already. */
function paramsFor(episode: EpisodeWithTopics, change: Update): Sent | undefined {
  const topics = episode.episodeTopics.map(({ id, topicId }) => ({ id, topicId }))
  switch (change.action) {
    case 'type':
      return episode.type === change.type ? undefined : { type: change.type }
    case 'explicit':
      return episode.explicit === change.explicit ? undefined : { explicit: change.explicit }
    case 'add-topic': {
      const { topicId } = change
      const position = topics.length
      if (topics.some((one) => one.topicId === topicId)) return undefined
      return { episodeTopics: [...topics, { topicId, position }] }
    }
    case 'remove-topic': {
      const gone = topics.filter(({ topicId }) => topicId === change.topicId)
      if (gone.length === 0) return undefined
      const kept = topics.filter(({ topicId }) => topicId !== change.topicId)
      return { episodeTopics: [...kept, ...gone.map(({ id }) => ({ id, delete: 'true' }))] }
    }
    default:
      throw new Error(`unknown change: ${String(change satisfies never)}`)
  }
}

function ofThese(podcastId: number, ids: readonly number[]) {
  return from(Episode)
    .where({ podcastId })
    .where('id', 'in', ids)
    .orderBy({ publishedAt: 'desc', id: 'desc' })
}
