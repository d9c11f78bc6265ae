import { type EpisodeWithChapters } from '@showrunner/domain/episodes'
import { absolute, addresses } from '../addresses.ts'
import { type Site } from './frame.ts'
import { EMBED_HEIGHT, frameCode } from './share.ts'

/** What another site is told of an episode, to show its player: https://oembed.com, 1.0. */
export interface OEmbed {
  readonly version: '1.0'
  readonly type: 'rich'
  readonly title: string
  readonly author_name: string
  readonly author_url: string
  readonly provider_name: string
  readonly provider_url: string
  /** For how many seconds this may be kept. */
  readonly cache_age: number
  readonly html: string
  readonly width: number
  readonly height: number
  readonly thumbnail_url?: string
  readonly thumbnail_width?: number
  readonly thumbnail_height?: number
}

interface Room {
  readonly maxwidth?: number | undefined
  readonly maxheight?: number | undefined
}

const WIDTH = 640
/** Of the picture an episode is shared with. */
const PICTURE = { width: 1200, height: 630 }
const DAY = 86_400

export function oembed(site: Site, episode: EpisodeWithChapters, room: Room): OEmbed {
  const { podcast, title } = episode
  const { publicUrl } = site
  const src = absolute(publicUrl, addresses.embed(podcast.slug, episode.slug))
  const size = {
    width: Math.min(WIDTH, room.maxwidth ?? WIDTH),
    height: Math.min(EMBED_HEIGHT, room.maxheight ?? EMBED_HEIGHT),
  }

  return {
    version: '1.0',
    type: 'rich',
    title,
    author_name: podcast.title,
    author_url: absolute(publicUrl, addresses.podcast(podcast.slug)),
    provider_name: site.title,
    provider_url: publicUrl,
    cache_age: DAY,
    html: frameCode({ src, title: site.words.player.embedTitle(title), ...size }),
    ...size,
    ...thumbnail(publicUrl, addresses.episode(podcast.slug, episode.slug), room),
  }
}

/** A picture larger than there is room for is not named. */
function thumbnail(publicUrl: string, page: string, { maxwidth, maxheight }: Room) {
  const { width, height } = PICTURE
  if ((maxwidth ?? width) < width || (maxheight ?? height) < height) return {}

  return {
    thumbnail_url: absolute(publicUrl, addresses.shareImage(page, 'share.jpg')),
    thumbnail_width: width,
    thumbnail_height: height,
  }
}
