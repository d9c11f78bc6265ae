import { hash } from 'node:crypto'
import { addresses, ICON_SIZES } from '../addresses.ts'
import { escapeHtml, safeHtml, type SafeHtml } from '../safe-html.ts'

const PROGRAMS_OWN = /<link rel="icon"[^>]*>\n?/

/** The tags of a page's assets, with the icons of the network: from its artwork where there is any, else the program's. */
export function iconTags(assets: SafeHtml, coverUrl: string | null): SafeHtml {
  const tags = [
    ...(coverUrl === null
      ? []
      : [
          `<link rel="icon" type="image/png" sizes="32x32" href="${escapeHtml(versioned(addresses.icon(32), coverUrl))}">`,
          `<link rel="icon" type="image/png" sizes="192x192" href="${escapeHtml(versioned(addresses.icon(192), coverUrl))}">`,
        ]),
    `<link rel="apple-touch-icon" href="${escapeHtml(versioned(addresses.touchIcon, coverUrl))}">`,
    `<link rel="manifest" href="${addresses.manifest}">`,
  ]
  // A browser that finds a drawing would take it before any picture.
  const others = coverUrl === null ? assets : assets.replace(PROGRAMS_OWN, '')
  return safeHtml([...tags, others].join('\n'))
}

/** What a phone needs to put the site beside its apps. */
export function manifest(network: {
  readonly title: string
  readonly tagline: string | null
  readonly language: string
  readonly coverUrl: string | null
}): object {
  const { title, tagline, language, coverUrl } = network
  return {
    name: title,
    short_name: title.length > 12 ? (title.split(' ')[0] ?? title).slice(0, 12) : title,
    ...(tagline === null ? {} : { description: tagline }),
    lang: language,
    id: addresses.home,
    start_url: addresses.home,
    scope: addresses.home,
    display: 'minimal-ui',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    icons: ICON_SIZES.filter((size) => size >= 192).map((size) => ({
      src: versioned(addresses.icon(size), coverUrl),
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: 'any maskable',
    })),
  }
}

/** Another picture has another address. */
export function versioned(address: string, coverUrl: string | null): string {
  return `${address}?v=${iconVersion(coverUrl)}`
}

export function iconVersion(coverUrl: string | null): string {
  return coverUrl === null ? 'own' : hash('sha256', coverUrl, 'base64url').slice(0, 8)
}
