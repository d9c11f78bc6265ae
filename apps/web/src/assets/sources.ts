import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the styles, scripts and fonts are written by hand. */
export const SOURCES = fileURLToPath(new URL('../../assets', import.meta.url))

/** The style and the script that the pages of one part of the site ask for. */
export interface Entry {
  readonly style: string
  readonly script: string
}

/** What listeners fetch. */
export const SITE: Entry = { style: 'styles/main.css', script: 'scripts/main.ts' }
/** What a player on a page elsewhere fetches: little, because nobody came for it. */
export const EMBED: Entry = { style: 'styles/embed.css', script: 'scripts/embed.ts' }
/** What editors fetch: nothing of it weighs on the site. */
export const ADMIN: Entry = { style: 'styles/admin/admin.css', script: 'scripts/admin/admin.ts' }
/** Copied as it is. */
export const ICON = 'icon.svg'

/** Changes when any source file does, or the tool that builds them. */
export function fingerprint(directory = SOURCES): string {
  const hash = createHash('sha256').update(viteManifest())
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())

  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash.update(path.slice(directory.length)).update(readFileSync(path))
  }

  return hash.digest('hex')
}

/** Its version is in there, and reading it costs nothing, which cannot be said of loading Vite. */
function viteManifest(): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve('vite/package.json'))
}
