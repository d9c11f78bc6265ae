import assert from 'node:assert/strict'
import { after, describe, it, type TestContext } from 'node:test'
import { build, change, createRepo, from, type Repo } from '@showrunner/data'
import { Episode, EpisodeHost } from '@showrunner/domain/episodes'
import { Person } from '@showrunner/domain/people'
import { Podcast } from '@showrunner/domain/podcasts'
import { sandboxed } from '@showrunner/domain/testing'

// A file of database tests, as the bench runs it: with sandboxes, or without.

const [, , way, tests = '0', together = '1'] = process.argv

/** Ten statements: a show with an episode that two people host, read back as a tree, changed, and counted. */
async function body(repo: Repo, id: string): Promise<void> {
  const podcast = await repo.insertOrThrow(build(Podcast, { slug: id, guid: id, title: id }))
  const ada = await repo.insertOrThrow(build(Person, { name: 'Ada', handle: `ada-${id}` }))
  const ben = await repo.insertOrThrow(build(Person, { name: 'Ben', handle: `ben-${id}` }))
  const fresh = build(Episode, { podcastId: podcast.id, slug: id, guid: id, title: id })
  const episode = await repo.insertOrThrow(fresh)
  await repo.insertAll(EpisodeHost, [
    { episodeId: episode.id, podcastId: podcast.id, personId: ada.id, position: 1 },
    { episodeId: episode.id, podcastId: podcast.id, personId: ben.id, position: 2 },
  ])
  const query = from(Episode).preload('podcast', 'hosts')
  const read = await repo.getByOrThrow(query, { podcastId: podcast.id, slug: id })
  assert.deepEqual(
    read.hosts.map(({ name }) => name),
    ['Ada', 'Ben'],
  )
  await repo.updateOrThrow(change(episode, { title: 'Another' }))
  assert.equal(await repo.count(from(Episode).where({ podcastId: podcast.id })), 1)
}

async function cleanUp(repo: Repo, id: string): Promise<void> {
  await repo.deleteAll(from(Episode).where({ slug: id }))
  await repo.deleteAll(from(Podcast).where({ slug: id }))
  await repo.deleteAll(from(Person).where('handle', 'in', [`ada-${id}`, `ben-${id}`]))
}

const shared = createRepo({ url: process.argv[5] ?? '' }).unscoped()
after(() => shared.close())

const WAYS: Readonly<Record<string, (id: string) => (t: TestContext) => Promise<void>>> = {
  sandbox: (id) => sandboxed((repo) => body(repo, id)),
  committed: (id) => () => body(shared, id),
  cleaned: (id) => async () => {
    await body(shared, id)
    await cleanUp(shared, id)
  },
}
const bodyOf = WAYS[way ?? '']
if (!bodyOf) throw new Error(`there is no way "${way}" to run tests`)

process.send?.('started')
void describe('many tests', { concurrency: Number(together) }, () => {
  for (let test = 1; test <= Number(tests); test += 1)
    void it(`test ${test}`, bodyOf(`test-${test}`))
})
