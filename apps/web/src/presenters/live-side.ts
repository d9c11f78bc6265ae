import { type LiveSide, type LiveStatus, liveStatus } from '@showrunner/domain/live'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { timeCode, type TimeCode } from './durations.ts'
import { hostOf } from './web-address.ts'

/** The live show on the page of its episode. */
export interface LivePart {
  /** Nothing once the episode is out, and the show over. */
  readonly now: Now | null
  readonly notes: readonly NoteLine[]
  readonly room: Room | null
  /** Whether notes and chapters are still to come, so that their places are kept for them. */
  readonly isGoingOn: boolean
}

interface Now {
  readonly status: LiveStatus
  /** When it begins, began, or was over. */
  readonly at: Moment
  readonly minutes: number
  readonly stream: Stream | null
  readonly calendar: string
  readonly podcast: { readonly href: string; readonly name: string }
  readonly feed: string
}

interface Stream {
  readonly id: string
  readonly url: string
  /** What plays it; nothing of a page elsewhere, which is led to. */
  readonly player: 'audio' | 'video' | null
  readonly type: string | null
  readonly host: string
}

export interface NoteLine {
  readonly id: number
  readonly at: TimeCode | null
  readonly text: string
  readonly link: { readonly href: string; readonly host: string } | null
}

/** Who is here, reactions, the chat: everything that comes over the socket. */
export interface Room {
  readonly id: string
  readonly topic: string
  readonly signIn: string
}

interface Place {
  readonly podcast: { readonly slug: string; readonly title: string }
  readonly slug: string
  readonly isOut: boolean
}

export function livePart({ show, notes }: LiveSide, place: Place, words: Words): LivePart {
  const status = liveStatus(show)
  const isKept = place.isOut && status === 'ended'
  return {
    now: isKept ? null : nowOf(show, status, place, words),
    notes: notes.map(({ id, atMs, text, url }) => ({
      id,
      at: atMs === null ? null : timeCode(atMs / 1000),
      text,
      link: url === null ? null : { href: url, host: hostOf(url) },
    })),
    room: isKept ? null : roomOf(show.episodeId, addresses.episode(place.podcast.slug, place.slug)),
    isGoingOn: status === 'live',
  }
}

/** `back` is where somebody comes back to who signs in to write. */
export function roomOf(episodeId: number, back: string): Room {
  return {
    id: `room-${episodeId}`,
    topic: `show:${episodeId}`,
    signIn: addresses.signInFor(back),
  }
}

function nowOf(
  show: LiveSide['show'],
  status: LiveStatus,
  { podcast, slug }: Place,
  words: Words,
): Now {
  return {
    status,
    at: moment(show.endedAt ?? show.wentLiveAt ?? show.startsAt, words),
    minutes: show.plannedMinutes,
    stream: status === 'live' ? streamOf(show) : null,
    calendar: addresses.calendar(podcast.slug, slug),
    podcast: { href: addresses.podcast(podcast.slug), name: podcast.title },
    feed: addresses.feed(podcast.slug),
  }
}

function streamOf({ id, streamUrl, streamType }: LiveSide['show']): Stream | null {
  if (streamUrl === null) return null
  return {
    id: `stream-${id}`,
    url: streamUrl,
    player: playerOf(streamType),
    type: streamType,
    host: hostOf(streamUrl),
  }
}

function playerOf(type: string | null): Stream['player'] {
  if (type === null) return null
  return type.startsWith('audio/') ? 'audio' : 'video'
}
