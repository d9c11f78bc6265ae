import { from, type Repo } from '@showrunner/data'
import { Episode, published } from '../episodes/index.ts'
import { feedOfKey, isAudioKey } from './audio-key.ts'
import { isForMembers, podcastsOf } from './get-member-feed.ts'
import { MemberFeed } from './member-feed.ts'
import { hasFeeds } from './owner.ts'

/** What is at the address of a sound: nothing any more, because the membership is over; or where the sound lies. */
export type MemberAudio =
  | { readonly state: 'over' }
  | {
      readonly state: 'there'
      /** From the root, or elsewhere. */
      readonly url: string
      /** Whether nobody but members is to know where it lies. */
      readonly isForMembers: boolean
    }

/** Undefined where nothing is, or never was: who guesses does not learn which. */
export async function findMemberAudio(
  repo: Repo,
  { key, episodeId }: { readonly key: string; readonly episodeId: number },
  asOf: Date,
): Promise<MemberAudio | undefined> {
  const feedId = feedOfKey(key)
  const feed = feedId === undefined ? undefined : await repo.get(WHOLE, feedId)
  if (!feed || !isAudioKey(feed, episodeId, key)) return undefined
  if (!(await hasFeeds(repo, feed.person))) return { state: 'over' }

  const episode = await repo.get(published(from(Episode), asOf), episodeId)
  if (!episode || !(await repo.exists(podcastsOf(feed).where({ id: episode.podcastId })))) {
    return undefined
  }
  const isOther = isForMembers(feed, episode)
  const url = isOther ? episode.membersAudioUrl : episode.audioUrl
  return url === null ? undefined : { state: 'there', url, isForMembers: isOther }
}

const WHOLE = from(MemberFeed).preload('person', 'feedPodcasts')
