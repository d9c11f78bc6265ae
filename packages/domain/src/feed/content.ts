import { withFullAddresses } from '../markup/index.ts'
import { type EpisodeInFeed } from './read-items.ts'

/** The notes as podcast apps show them, with the sponsors before and the links after. Null when there is nothing. */
export function contentOf(
  { notesHtml, episodeSponsors, links }: EpisodeInFeed,
  publicUrl: string,
): string | null {
  const sponsors = episodeSponsors.map(
    ({ title, linkUrl, description }) =>
      `<li>${anchor(linkUrl, title)}${description === null ? '' : ` – ${escape(description)}`}</li>`,
  )
  const linked = links.map(({ title, url }) => `<li>${anchor(url, title)}</li>`)
  const html = [list('Sponsors', sponsors), notesHtml ?? '', list('Links', linked)]
    .join('\n')
    .trim()
  return html === '' ? null : withFullAddresses(html, publicUrl)
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<p>${title}:</p>\n<ul>\n${items.join('\n')}\n</ul>`
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
