import { type Words } from '../words/index.ts'
import { type MasqueradeBar } from './masquerade-bar.ts'
import { frame, type Frame, type Site } from './frame.ts'

/** A page that says one thing: an error, a way in. Search engines pass it by. */
export interface NoticePage {
  readonly frame: Frame
  readonly title: string
  /** On pages that are for one visitor only. */
  readonly masquerade?: MasqueradeBar | null
}

export function noticePage(
  site: Site,
  said: string | ((words: Words) => string),
  address: string,
): NoticePage {
  const title = typeof said === 'string' ? said : said(site.words)
  return { frame: frame(site, { title, description: null, address, unlisted: true }), title }
}
