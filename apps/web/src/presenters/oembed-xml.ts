import { clean } from '@showrunner/feeds'
import { escapeHtml } from '../safe-html.ts'
import { type OEmbed } from './oembed.ts'

/** The same for who asks for XML: an element for every name. */
export function oembedXml(answer: OEmbed): string {
  const lines = Object.entries(answer).map(
    ([name, value]) => `<${name}>${escapeHtml(clean(String(value)))}</${name}>`,
  )

  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${lines.join('\n')}\n</oembed>\n`
}
