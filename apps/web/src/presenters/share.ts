import { absolute, addresses } from '../addresses.ts'
import { escapeHtml } from '../safe-html.ts'
import { type Site } from './frame.ts'
import { type Listen } from './listen.ts'

/** How an episode is passed on. */
export interface Share {
  readonly link: string
  readonly embedCode: string
  readonly places: readonly { readonly title: string; readonly href: string }[]
}

/** As high as the player is on a page elsewhere. */
export const EMBED_HEIGHT = 184

export function share(
  site: Site,
  { podcast, episode }: { readonly podcast: string; readonly episode: string },
  { title, show }: Pick<Listen, 'title' | 'show'>,
): Share {
  const link = absolute(site.publicUrl, addresses.episode(podcast, episode))
  const src = absolute(site.publicUrl, addresses.embed(podcast, episode))
  const text = `${title} · ${show} ${link}`
  const encoded = encodeURIComponent(text)

  return {
    link,
    embedCode: frameCode({ src, title: site.words.player.embedTitle(title) }),
    places: [
      { title: 'Mastodon', href: `https://share.joinmastodon.org/#text=${encoded}` },
      { title: 'Bluesky', href: `https://bsky.app/intent/compose?text=${encoded}` },
      {
        title: site.words.player.mail,
        href: `mailto:?subject=${encodeURIComponent(`${title} · ${show}`)}&body=${encodeURIComponent(link)}`,
      },
    ],
  }
}

/** What another page has to hold to show the player. */
export function frameCode({
  src,
  title,
  width = '100%',
  height = EMBED_HEIGHT,
}: {
  readonly src: string
  readonly title: string
  readonly width?: number | string
  readonly height?: number
}): string {
  return `<iframe src="${escapeHtml(src)}" title="${escapeHtml(title)}" width="${width}" height="${height}" style="border: 0" loading="lazy" allow="autoplay; clipboard-write"></iframe>`
}
