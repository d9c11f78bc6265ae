import { clock } from '../clock.ts'
import { type Chapter } from '../feed.ts'
import { el, parent } from '../write/xml.ts'

/** Podlove simple chapters 1.2 as a document of their own, to be served as `application/xml`. */
export function writePodloveChapters(chapters: readonly Chapter[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${podloveChapters(chapters)}\n`
}

/** The same as an element of an item. They know no chapter that is not listed. */
export function podloveChapters(chapters: readonly Chapter[]): string {
  const attributes = { version: '1.2', 'xmlns:psc': 'http://podlove.org/simple-chapters' }
  const listed = chapters.filter(({ hidden }) => !hidden)
  return parent('psc:chapters', attributes, listed.map(chapterElement))
}

function chapterElement({ startsMs, title, link, imageUrl }: Chapter): string {
  return el('psc:chapter', { start: clock(startsMs), title, href: link, image: imageUrl })
}
