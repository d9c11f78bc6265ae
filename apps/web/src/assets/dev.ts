import { fileURLToPath } from 'node:url'
import { type ViteDevServer } from 'vite'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Assets } from './assets.ts'
import { ADMIN, EMBED, type Entry, ICON, SITE, SOURCES } from './sources.ts'

const VIEWS = fileURLToPath(new URL('../../views', import.meta.url))

export interface DevOptions {
  /** Where Vite keeps what it has bundled of other packages; in this package's node_modules unless said. */
  readonly cacheDir?: string
  /** Of the connection that tells the browser what changed. */
  readonly port?: number
}

/**
 * The assets as they are being written: Vite answers for them inside the site's own server, a changed style
 * is swapped in, and a changed view reloads the page.
 */
export async function devAssets({ cacheDir, port = 24700 }: DevOptions = {}): Promise<Assets> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    configFile: false,
    root: SOURCES,
    ...(cacheDir ? { cacheDir } : {}),
    base: '/assets/',
    publicDir: 'public',
    appType: 'custom',
    logLevel: 'warn',
    // A port of its own: Fastify's WebSocket plugin answers every upgrade on the site's.
    server: { middlewareMode: true, ws: { port }, watch: { ignored: ['**/*.test.ts'] } },
  })
  reloadOnViewChange(vite)

  return {
    head: headTags(SITE),
    adminHead: headTags(ADMIN),
    embedHead: headTags(EMBED),
    connectTo: [`ws://localhost:${port}`, `ws://127.0.0.1:${port}`],
    serve: async (app) => {
      app.addHook('onRequest', (request, reply, done) => {
        if (!request.url.startsWith('/assets/')) return done()

        reply.hijack()
        vite.middlewares(request.raw, reply.raw, () => {
          reply.raw.writeHead(404).end()
        })
      })
    },
    close: () => vite.close(),
  }
}

function headTags({ style, script }: Entry): SafeHtml {
  return safeHtml(
    [
      '<script type="module" src="/assets/@vite/client"></script>',
      `<link rel="icon" href="/assets/${ICON}">`,
      `<link rel="stylesheet" href="/assets/${style}">`,
      `<script type="module" src="/assets/${script}"></script>`,
    ].join('\n'),
  )
}

function reloadOnViewChange(vite: ViteDevServer): void {
  vite.watcher.add(VIEWS)
  vite.watcher.on('all', (_event, path) => {
    if (path.endsWith('.eta')) vite.ws.send({ type: 'full-reload' })
  })
}
