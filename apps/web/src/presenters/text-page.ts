import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { frame, type Frame, type Site } from './frame.ts'

/** A text of the network's own. */
export interface TextPage {
  readonly frame: Frame
  readonly title: string
  readonly bodyHtml: SafeHtml | null
}

interface About {
  readonly title: string
  readonly address: string
  readonly html: string | null
}

export function textPage(site: Site, { title, address, html }: About): TextPage {
  return {
    frame: frame(site, { title, description: `${title}: ${site.title}.`, address }),
    title,
    // Sanitised by the domain when it was saved.
    bodyHtml: html === null ? null : safeHtml(html),
  }
}
