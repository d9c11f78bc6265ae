import { type Account } from '@showrunner/domain/accounts'
import * as episodes from '@showrunner/domain/episodes'
import { type Paged } from '@showrunner/domain/lists'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { timeCode } from '../durations.ts'
import { type AdminFrame } from './admin-frame.ts'
import { stageBadge } from './episode-tabs.ts'
import { type ListPage, listPage, type ListRow, type Tab } from './list-page.ts'
import { podcastTabs } from './podcast-tabs.ts'
import { localMoment } from './local-moment.ts'
import { type TakenDates } from './taken-dates.ts'
import { EPISODES_ACTION_LABELS, EPISODES_ACTIONS } from './several-episodes.ts'

const { admin } = addresses

/** The list, and the dates that its podcast has taken. */
export interface EpisodeListPage extends ListPage {
  readonly taken: TakenDates
}

interface Found {
  readonly taken: TakenDates
  readonly asked: ListQuery
  readonly found: Paged<episodes.EpisodeInList>
  readonly counts: Readonly<Record<episodes.EpisodeStage, number>>
  readonly stage: episodes.EpisodeStage | undefined
  readonly asOf: Date
}

export function episodeList(
  frame: AdminFrame,
  actor: Account,
  podcast: Podcast,
  { asked, found, counts, stage, asOf, taken }: Found,
): EpisodeListPage {
  const address = admin.episodes(podcast.id)
  const rows = found.rows.map((episode) => rowOf(episode, zoneOf(actor), asOf))

  const list = listPage(frame, asked, found, rows, {
    address,
    noun: ['episode', 'episodes'],
    tabs: tabsOf(address, counts, stage),
    around: podcastTabs(frame, actor, podcast, 'episodes'),
    filters: [
      {
        name: 'type',
        label: 'Kind',
        value: asked.chosen['type'] ?? '',
        options: [
          { value: '', label: 'Every kind' },
          ...episodes.EPISODE_TYPES.map((value) => ({ value, label: value })),
        ],
      },
    ],
    columns: [
      { title: 'Title', sort: 'title' },
      { title: 'Number', sort: 'number', isNumber: true },
      { title: 'Guests' },
      { title: 'Length', isNumber: true },
      { title: 'Out', sort: 'publishedAt' },
      { title: 'Changed', sort: 'updatedAt' },
    ],
    create: episodes.may(actor, 'create', { podcastId: podcast.id })
      ? { label: 'New episode', href: admin.newEpisode(podcast.id) }
      : null,
    bulk: {
      action: admin.severalEpisodes(podcast.id),
      actions: EPISODES_ACTIONS.map((value) => ({ value, label: EPISODES_ACTION_LABELS[value] })),
    },
    empty: 'No episodes yet. Begin with a draft: nobody sees it until you publish it.',
  })
  return { ...list, taken }
}

function tabsOf(
  address: string,
  counts: Found['counts'],
  stage: episodes.EpisodeStage | undefined,
): readonly Tab[] {
  const tab = (label: string, one?: episodes.EpisodeStage): Tab => ({
    label,
    href: one ? `${address}?stage=${one}` : address,
    count: one ? counts[one] : null,
    isHere: one === stage,
  })
  return [
    tab('All'),
    tab('Drafts', 'draft'),
    tab('Scheduled', 'scheduled'),
    tab('Published', 'published'),
  ]
}

function rowOf(episode: episodes.EpisodeInList, zone: string, asOf: Date): ListRow {
  const { id, podcastId, title, number, numberDisplay, guests, audioDuration } = episode
  return {
    id,
    href: admin.editEpisode(podcastId, id),
    title,
    subtitle: episode.subtitle,
    picture: null,
    badge: stageBadge(episode, asOf),
    cells: [
      numberDisplay ?? (number === null ? '' : String(number)),
      guests.map(({ name }) => name).join(', '),
      audioDuration === null ? '' : timeCode(audioDuration).figures,
      episode.publishedAt === null ? '' : localMoment(episode.publishedAt, zone).words,
      localMoment(episode.updatedAt, zone).words,
    ],
  }
}
