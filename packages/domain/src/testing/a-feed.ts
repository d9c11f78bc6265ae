interface SaidItem {
  readonly guid: string
  readonly title?: string
  /** More of the item, as XML. */
  readonly more?: string
}

interface SaidFeed {
  readonly title?: string
  readonly link?: string
  /** More of the channel, as XML. */
  readonly more?: string
  readonly items?: readonly SaidItem[]
}

const NAMESPACES = [
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
  'xmlns:podcast="https://podcastindex.org/namespace/1.0"',
  'xmlns:psc="http://podlove.org/simple-chapters"',
].join(' ')

/** A feed as a host would send it. */
export function aFeed({
  title = 'Harbour Lights',
  link = 'https://harbour.example/',
  more = '',
  items = [],
}: SaidFeed = {}): Buffer {
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" ${NAMESPACES}><channel>
<title>${title}</title><link>${link}</link><description>Of harbours.</description>${more}
${items.map(itemXml).join('\n')}
</channel></rss>`,
  )
}

/** Dated by the first letter of the guid: `a` is the newest. */
function itemXml({ guid, title = `About ${guid}`, more = '' }: SaidItem): string {
  const age = guid.charCodeAt(0) - 'a'.charCodeAt(0)
  const date = new Date(Date.UTC(2026, 5, 28 - age)).toUTCString()
  const dated = more.includes('<pubDate>') ? '' : `<pubDate>${date}</pubDate>`
  return `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid>${dated}
<enclosure url="https://audio.example/${encodeURIComponent(guid)}.mp3" type="audio/mpeg" length="1000"/>${more}</item>`
}
