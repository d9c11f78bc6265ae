import { withFullAddresses } from '../markup/index.ts'
import { type EpisodeInFeed } from './read-items.ts'

/** The notes as podcast apps show them, with the sponsors before and the links after. Null when there is nothing. */
export function contentOf(
  { notesHtml, episodeSponsors, links }: EpisodeInFeed,
  publicUrl: string,
  page: string,
): string | null {
  const sponsors = episodeSponsors.map(
    ({ title, linkUrl, description }) =>
      `<li>${anchor(linkUrl, title)}${description === null ? '' : ` – ${escape(description)}`}</li>`,
  )
  const linked = links.map(({ title, url }) => `<li>${anchor(url, title)}</li>`)
  const html = [
    part('sponsors', 'Sponsors', sponsors),
    notesHtml ?? '',
    part('links', 'Links', linked),
  ]
    .join('\n')
    .trim()
  return html === '' ? null : withFullAddresses(html, publicUrl, page)
}

/** What stands around the notes, and is no part of them. */
export interface AroundNotes {
  readonly sponsors: boolean
  readonly links: boolean
}

/** The content of an item of a feed of ours without what an episode has in rows of its own: that would become notes. */
export function withoutParts(html: string, { sponsors, links }: AroundNotes): string {
  const marked = (name: string) => new RegExp(`<div class="showrunner-${name}">.*?</div>\\s*`, 'gs')
  const unsponsored = sponsors ? html.replace(marked('sponsors'), '') : html
  return (links ? unsponsored.replace(marked('links'), '') : unsponsored).trim()
}

/** Marked, so that whoever imports it, we too, can tell it from the notes. Nothing in it can close it: all is escaped. */
function part(name: keyof AroundNotes, title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `<div class="showrunner-${name}">\n<p>${title}:</p>\n<ul>\n${items.join('\n')}\n</ul>\n</div>`
}

function anchor(url: string, text: string): string {
  return `<a href="${escape(url)}">${escape(text)}</a>`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
