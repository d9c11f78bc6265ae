import { type TestContext } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { testDatabase } from '@showrunner/domain/testing'
import { type Live, startLive } from '@showrunner/live'
import { type FastifyInstance } from 'fastify'
import { type Parts } from '../parts.ts'
import { NOW, testApp } from './test-app.ts'

/** The site with its pages kept, on a database of a test's own: what is written there is committed, and so is told. */
export interface KeptSite {
  readonly app: FastifyInstance
  readonly repo: Repo
  readonly live: Live
  readonly databaseUrl: string
  /** Runs SQL as somebody would by hand, and waits until the site has heard of it. */
  psql(text: string): Promise<void>
  /** What was rendered while the work was done. */
  rendersDuring(work: () => Promise<unknown>): Promise<number>
}

/** Undefined, and the test skipped, where there is no database. */
export async function keptSite(
  t: TestContext,
  { clock = () => NOW, ...parts }: Partial<Parts> & { readonly mostBytes?: number } = {},
): Promise<KeptSite | undefined> {
  const database = await testDatabase(t)
  if (!database) return undefined
  const { repo, url: databaseUrl } = database
  const { mostBytes, ...others } = parts
  const live = await startLive({
    repo,
    databaseUrl,
    clock,
    ...(mostBytes === undefined ? {} : { mostBytes }),
  })
  const app = await testApp(repo, { clock, live, ...others })
  t.after(async () => {
    await app.close()
    await live.close()
  })
  return {
    app,
    repo,
    live,
    databaseUrl,
    async psql(text) {
      await repo.run(sql.raw(text))
      await live.caughtUp()
    },
    async rendersDuring(work) {
      const before = live.pages.counters.renders
      await work()
      return live.pages.counters.renders - before
    },
  }
}
