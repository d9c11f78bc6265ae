import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { z } from 'zod'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Assets } from './assets.ts'
import { ADMIN, EMBED, type Entry, ICON, SITE } from './sources.ts'

const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), assets: z.array(z.string()).default([]) }),
)

/** What the first line of a page is set in; the other files are fetched when a page needs them. */
const PRELOADED = [/newsreader-core-.*\.woff2$/, /grotesk-core-.*\.woff2$/]

/** Where a build writes down which file each of its sources became. */
export function manifestOf(entry: Entry): string {
  return `.vite/${entry.script.replace(/\W/g, '-')}.json`
}

/** The assets of a finished build: names carry a hash of their content, so they are kept for good. */
export function builtAssets(directory: string): Assets {
  return {
    head: headTags(directory, SITE),
    adminHead: headTags(directory, ADMIN),
    embedHead: headTags(directory, EMBED),
    connectTo: [],
    serve: async (app) => {
      await app.register(fastifyStatic, {
        root: directory,
        prefix: '/assets/',
        immutable: true,
        maxAge: '365d',
        preCompressed: true,
        index: false,
        decorateReply: false,
      })
    },
    close: async () => {},
  }
}

function headTags(directory: string, entry: Entry): SafeHtml {
  const manifest = Manifest.parse(
    JSON.parse(readFileSync(join(directory, manifestOf(entry)), 'utf8')),
  )
  const style = manifest[entry.style]
  const script = manifest[entry.script]
  if (!style || !script) throw new Error(`${directory} holds no finished build of the assets`)

  const fonts = style.assets.filter((file) => PRELOADED.some((pattern) => pattern.test(file)))

  return safeHtml(
    [
      `<link rel="icon" href="/assets/${ICON}?${style.file.replace(/\W/g, '')}">`,
      ...fonts.map(
        (file) =>
          `<link rel="preload" href="/assets/${file}" as="font" type="font/woff2" crossorigin>`,
      ),
      `<link rel="stylesheet" href="/assets/${style.file}" data-turbo-track="reload">`,
      `<script type="module" src="/assets/${script.file}" data-turbo-track="reload"></script>`,
    ].join('\n'),
  )
}
