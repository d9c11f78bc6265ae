import { type Loaded } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as podcasts from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type ListPage, listPage } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { PODCAST_STATUS_OPTIONS, podcastBadge } from './podcast-tabs.ts'

const { admin } = addresses

export function podcastList(
  frame: AdminFrame,
  actor: Account,
  asked: ListQuery,
  found: Paged<Loaded<typeof podcasts.Podcast, ['hosts']>>,
): ListPage {
  const rows = found.rows.map((podcast) => ({
    id: podcast.id,
    href: admin.episodes(podcast.id),
    title: podcast.title,
    subtitle: podcast.subtitle,
    picture: podcast.coverUrl,
    badge: podcastBadge(podcast),
    cells: [
      podcast.hosts.map(({ name }) => name).join(', '),
      podcast.slug,
      localMoment(podcast.updatedAt, zoneOf(actor)).words,
    ],
  }))

  return listPage(frame, asked, found, rows, {
    address: admin.podcasts,
    noun: ['podcast', 'podcasts'],
    filters: [
      {
        name: 'status',
        label: 'Status',
        value: asked.chosen['status'] ?? '',
        options: [{ value: '', label: 'Every status' }, ...PODCAST_STATUS_OPTIONS],
      },
    ],
    columns: [
      { title: 'Title', sort: 'title' },
      { title: 'Hosts' },
      { title: 'Slug' },
      { title: 'Changed', sort: 'updatedAt' },
    ],
    create: podcasts.may(actor, 'create') ? { label: 'New podcast', href: admin.newPodcast } : null,
    empty: 'No podcasts yet. Create one, or import one by the address of its feed.',
  })
}
