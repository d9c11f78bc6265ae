import { type LiveItemDraft } from '@showrunner/feeds'
import { type LiveShowInFeed, liveStatus } from '../live/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { peopleOf } from './people.ts'
import { picturesOf } from './pictures.ts'

/** What a podcast's feed says of a live show. Of its episode only what its page says, which need not be out. */
export function liveItemOf(
  show: LiveShowInFeed,
  podcast: Pick<Podcast, 'slug' | 'explicit' | 'coverUrl'>,
  outside: Outside,
): LiveItemDraft {
  const { publicUrl, paths } = outside
  const { episode, startsAt, wentLiveAt, endedAt, plannedMinutes, streamUrl, streamType } = show
  const begins = wentLiveAt ?? startsAt
  const page = inFull(publicUrl, paths.episode(podcast.slug, episode.slug))
  const image = episode.coverUrl ?? podcast.coverUrl
  return {
    status: liveStatus(show),
    startsAt: begins,
    endsAt: endedAt ?? new Date(begins.getTime() + plannedMinutes * 60_000),
    guid: show.guid,
    title: episode.title,
    description: episode.summary,
    link: page,
    // Of a page elsewhere nothing can be played.
    enclosure: streamUrl && streamType ? { url: streamUrl, type: streamType, length: null } : null,
    // Where the listener goes whose app plays nothing of this: here are stream, notes and chat.
    contentLinks: [
      { url: page, text: 'Listen and chat along' },
      ...(streamUrl && !streamType ? [{ url: streamUrl, text: 'Watch along' }] : []),
    ],
    imageUrl: image === null ? null : inFull(publicUrl, image),
    images: picturesOf(null, episode.pictures, publicUrl),
    chat: episode.chat,
    explicit: episode.explicit ?? podcast.explicit,
    people: peopleOf([...episode.episodeHosts, ...episode.episodeGuests], outside),
  }
}
