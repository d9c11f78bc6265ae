import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRepo } from '@showrunner/data'
import { diskStorage } from '@showrunner/storage'
import { localPubSub } from '@showrunner/pubsub'
import { type Assets, buildApp, diskStaging } from '@showrunner/web'

export interface Route {
  readonly method: string
  readonly path: string
}

/** Every address the site answers at, in the order of their paths. Needs no database. */
export async function findRoutes(): Promise<readonly Route[]> {
  // Assets are what an app serves first, so a hook set there sees every route that follows.
  const found: Route[] = [{ method: 'GET', path: '/assets/*' }]
  const assets: Assets = {
    // No page is rendered here, so no page has a head.
    head: '' as Assets['head'],
    adminHead: '' as Assets['adminHead'],
    embedHead: '' as Assets['embedHead'],
    connectTo: [],
    close: async () => undefined,
    serve: async (app) => {
      app.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) found.push({ method: one, path: url })
      })
    },
  }
  const repo = createRepo({ url: 'postgres://nowhere.invalid' }).unscoped()
  const app = await buildApp({
    repo,
    publicUrl: 'http://localhost',
    storage: diskStorage({ directory: '/nowhere' }),
    staging: diskStaging({ directory: join(tmpdir(), 'showrunner-routes') }),
    assets,
    pubsub: await localPubSub(),
    ready: async () => [],
  })
  await app.close()
  await repo.close()
  return found.filter(isWorthListing).sort(inOrder)
}

// Whatever answers GET answers HEAD too.
function isWorthListing({ method }: Route, index: number, all: readonly Route[]): boolean {
  const { path } = all[index] ?? {}
  if (method === 'HEAD') return false
  return all.findIndex((other) => other.method === method && other.path === path) === index
}

function inOrder(left: Route, right: Route): number {
  return left.path.localeCompare(right.path) || left.method.localeCompare(right.method)
}
