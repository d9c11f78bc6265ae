import { hash } from 'node:crypto'

const VERSION = /<meta name="live-page" content="[^"]*" data-version="([\w-]+)">/

/**
 * A page with its own name and version written into it, by which a browser that shows it asks for what changes. Where that
 * cannot be told in parts Turbo fetches it anew and morphs it: these pages only, as others are forms.
 */
export function withVersion(html: string, key: string): string {
  const content = key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const metas = [
    `<meta name="live-page" content="${content}" data-version="${versionOf(html)}">`,
    '<meta name="turbo-refresh-method" content="morph">',
    '<meta name="turbo-refresh-scroll" content="preserve">',
  ]
  return html.replace('</head>', () => `${metas.join('\n')}\n</head>`)
}

export function versionIn(html: string): string | undefined {
  return VERSION.exec(html)?.[1]
}

// Of what is shown: scripts and styles change with a release, and are no reason to fetch a page anew.
function versionOf(html: string): string {
  const title = /<title>[^<]*/.exec(html)?.[0] ?? ''
  const body = html.slice(Math.max(html.indexOf('<body'), 0))
  return hash('sha256', title + body, 'base64url').slice(0, 16)
}
