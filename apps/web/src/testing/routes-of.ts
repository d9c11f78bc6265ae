import { createRepo } from '@showrunner/data'
import { testApp } from './test-app.ts'

export interface OneRoute {
  readonly method: string
  readonly url: string
  /** Whether it is a page that is the same for everybody. */
  readonly isKept: boolean
}

/** Every route of the site whose address begins so, but for those that answer HEAD as they answer GET. Needs no database. */
export async function routesOf(begin: string): Promise<readonly OneRoute[]> {
  const found: OneRoute[] = []
  const readAlike = new Set<string>()
  const repo = createRepo({ url: 'postgres://nowhere.invalid' }).unscoped()
  const app = await testApp(repo, {
    assets: {
      // No page is made here, so no page has a head.
      head: '' as never,
      adminHead: '' as never,
      embedHead: '' as never,
      connectTo: [],
      close: async () => undefined,
      // Assets are what an app serves first, so a hook set there sees every route that follows.
      serve: async (instance) => {
        instance.addHook('onRoute', ({ method, url, exposeHeadRoute, config }) => {
          if (method === 'GET' && exposeHeadRoute !== false) readAlike.add(url)
          for (const one of [method].flat())
            found.push({ method: one, url, isKept: config?.isKept ?? false })
        })
      },
    },
  })
  await app.close()
  await repo.close()
  return found.filter(({ method, url }) => {
    return url.startsWith(begin) && !(method === 'HEAD' && readAlike.has(url))
  })
}
