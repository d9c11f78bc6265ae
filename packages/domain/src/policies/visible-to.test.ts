import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import * as episodes from '../episodes/index.ts'
import * as podcasts from '../podcasts/index.ts'
import { anEpisode, aPodcast, sandboxed } from '../testing/index.ts'
import { type Actor, VISITOR } from './index.ts'

const { Episode } = episodes
const { Podcast } = podcasts

/** A podcast that can be seen and one that cannot, each with a draft and an episode that is out. */
async function twoPodcasts(repo: Repo) {
  const [open, secret] = [
    await aPodcast(repo, { slug: 'open' }),
    await aPodcast(repo, { slug: 'secret', status: 'draft' }),
  ]
  await anEpisode(repo, open, { slug: 'open-out' })
  await anEpisode(repo, open, { slug: 'open-draft', published: false })
  await anEpisode(repo, secret, { slug: 'secret-out' })
  await anEpisode(repo, secret, { slug: 'secret-draft', published: false })
  return { open, secret }
}

async function seenBy(actor: Actor, repo: Repo): Promise<readonly string[]> {
  const [shows, pieces] = await Promise.all([
    repo.all(podcasts.visibleTo(actor, from(Podcast).orderBy({ slug: 'asc' }))),
    repo.all(episodes.visibleTo(actor, from(Episode).orderBy({ slug: 'asc' }))),
  ])
  return [...shows, ...pieces].map(({ slug }) => slug)
}

/** The same, of every row asked one by one. */
async function shownTo(actor: Actor, repo: Repo): Promise<readonly string[]> {
  const [shows, pieces] = await Promise.all([
    repo.all(from(Podcast).orderBy({ slug: 'asc' })),
    repo.all(from(Episode).orderBy({ slug: 'asc' })),
  ])
  return [
    ...shows.filter((podcast) => podcasts.may(actor, 'show', podcast)),
    ...pieces.filter((episode) => episodes.may(actor, 'show', episode)),
  ].map(({ slug }) => slug)
}

describe('visibleTo', () => {
  it(
    'leaves the podcasts somebody works on, drafts and all, and none of the others',
    sandboxed(async (repo) => {
      const { open, secret } = await twoPodcasts(repo)

      assert.deepEqual(await seenBy({ ...VISITOR, hostOf: [open.id] }, repo), [
        'open',
        'open-draft',
        'open-out',
      ])
      assert.deepEqual(await seenBy({ ...VISITOR, hostOf: [secret.id] }, repo), [
        'secret',
        'secret-draft',
        'secret-out',
      ])
      assert.deepEqual(await seenBy({ ...VISITOR, isEditor: true }, repo), [])
      assert.deepEqual(await seenBy(VISITOR, repo), [])
      assert.equal(
        (await seenBy({ ...VISITOR, isAdmin: true }, repo)).length,
        (await repo.count(Podcast)) + (await repo.count(Episode)),
      )
    }),
  )

  it(
    'agrees with the policy about every row',
    sandboxed(async (repo) => {
      const { open, secret } = await twoPodcasts(repo)
      const actors: readonly Actor[] = [
        VISITOR,
        { ...VISITOR, isEditor: true },
        { ...VISITOR, hostOf: [open.id] },
        { ...VISITOR, hostOf: [secret.id, open.id] },
        { ...VISITOR, isAdmin: true },
      ]

      const asked = await Promise.all(actors.map((actor) => shownTo(actor, repo)))

      assert.deepEqual(await Promise.all(actors.map((actor) => seenBy(actor, repo))), asked)
    }),
  )
})
