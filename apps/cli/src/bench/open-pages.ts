import { RawClient } from './channels/raw-client.ts'
import { dialectOf, Told, versionOf } from './morphs.ts'
import { EPISODE, PODCAST } from './seed.ts'
import { type BenchServer } from './start-server.ts'

/** Of each a page is open. */
const EPISODES = 300
/** In which one of them is open: what they weigh has to be more than what a process weighs less from one moment to the next. */
const BROWSERS = 2_000
const AT_ONCE = 50
const KIB = 1024

/** What it weighs at a node that pages are open: many that are different, and then one in many browsers. */
export async function benchOpenPages(server: BenchServer): Promise<string> {
  const told = new Told()
  const port = Number(new URL(server.url).port)
  const open = async (paths: readonly string[]) => {
    for (let from = 0; from < paths.length; from += AT_ONCE) {
      const some = paths.slice(from, from + AT_ONCE).map(async (path) => {
        return new RawClient(port, dialectOf(path, await versionOf(server.url + path)), told)
      })
      await told.more(await Promise.all(some))
    }
  }
  const weight = async () => (await server.ask({ collects: true })).bytes
  const all = Array.from({ length: EPISODES }, (_, at) => `/${PODCAST}/episode-${at + 1}`)
  const one = Array.from({ length: BROWSERS }, () => `/${PODCAST}/${EPISODE}`)
  await open([...all.slice(0, AT_ONCE), ...one.slice(0, AT_ONCE)])

  const before = await weight()
  await open(all.slice(AT_ONCE))
  const between = await weight()
  await open(one.slice(AT_ONCE))
  const after = await weight()
  told.isOver = true
  const each = (bytes: number, count: number) => (bytes / (count - AT_ONCE) / KIB).toFixed(1)
  return (
    `A page that is open weighs ${each(between - before, EPISODES)} KiB, with its own bytes and a connection; ` +
    `in one more browser ${each(after - between, BROWSERS)} KiB.`
  )
}
