import { type Account } from '@showrunner/domain/accounts'
import * as moving from '@showrunner/domain/moving'
import * as podcasts from '@showrunner/domain/podcasts'
import * as requests from '@showrunner/domain/requests'
import * as subscriptions from '@showrunner/domain/subscriptions'
import { addresses } from '../../addresses.ts'
import { asLeft } from '../../admin/came-from.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'

const { admin } = addresses

export type PodcastTab =
  | 'episodes'
  | 'sheet'
  | 'artwork'
  | 'requests'
  | 'subscriptions'
  | 'downloads'
  | 'files'
  | 'activity'

/** The pages on which a podcast is worked on, as far as somebody may. */
export function podcastTabs(
  { back }: Pick<AdminFrame, 'back'>,
  actor: Account,
  podcast: podcasts.Podcast,
  here: PodcastTab,
): readonly Tab[] {
  const tab = (name: PodcastTab, label: string, href: string): Tab => {
    return { label, href: asLeft(href, back), count: null, isHere: name === here }
  }
  const { id } = podcast
  return [
    tab('episodes', 'Episodes', admin.episodes(id)),
    ...(podcasts.may(actor, 'update', podcast)
      ? [
          tab('sheet', 'Sheet', admin.editPodcast(id)),
          tab('artwork', 'Artwork', admin.podcastArtwork(id)),
        ]
      : []),
    ...(requests.may(actor, 'list', { podcastId: id })
      ? [tab('requests', 'Requests', admin.podcastRequests(id))]
      : []),
    ...(subscriptions.may(actor, 'count', { podcastId: id })
      ? [tab('subscriptions', 'Subscriptions', admin.podcastSubscriptions(id))]
      : []),
    tab('downloads', 'Downloads', admin.podcastDownloads(id)),
    ...(moving.may(actor, 'show', { podcastId: id })
      ? [tab('files', 'Files', admin.podcastFiles(id))]
      : []),
    tab('activity', 'Activity', admin.podcastActivity(id)),
  ]
}

const STATUS_WORDS: Readonly<Record<podcasts.PodcastStatus, string>> = {
  draft: 'Draft',
  soon: 'Coming soon',
  publishing: 'Publishing',
  inactive: 'Inactive',
  archived: 'Archived',
}

const STATUS_TONES: Readonly<Record<podcasts.PodcastStatus, Tone>> = {
  draft: 'quiet',
  soon: 'waiting',
  publishing: 'good',
  inactive: 'quiet',
  archived: 'quiet',
}

export const PODCAST_STATUS_OPTIONS = podcasts.PODCAST_STATUSES.map((value) => ({
  value,
  label: STATUS_WORDS[value],
}))

/** What becomes of a podcast, in a word. */
export function podcastBadge({ status }: Pick<podcasts.Podcast, 'status'>): {
  readonly words: string
  readonly tone: Tone
} {
  return { words: STATUS_WORDS[status], tone: STATUS_TONES[status] }
}
