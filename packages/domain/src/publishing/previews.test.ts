import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { PROGRAM } from '../activity/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import {
  findPreview,
  listPreviews,
  PreviewLink,
  revokePreview,
  sharePreview,
  publishEpisode,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000

const DRAFT = { slug: 'draft', title: 'Draft', published: false, publishedAt: null }

describe('a preview link', () => {
  it(
    'shows the draft to whoever has it, and counts how often; only a hash of it is stored',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo, { status: 'draft' }), DRAFT)
      const ada = await aPerson(repo, 'Ada Byron')
      const { token } = await sharePreview(repo, episode, { person: ada }, NOW)

      const found = await findPreview(repo, token, NOW)
      await findPreview(repo, token, NOW)

      assert.ok(found?.state === 'preview')
      assert.equal(found.shown.episode.title, 'Draft')
      const [link] = await listPreviews(repo, episode, NOW)
      assert.deepEqual([link?.views, link?.lastSeenAt, link?.madeBy?.name], [2, NOW, 'Ada Byron'])
      assert.doesNotMatch(JSON.stringify(await repo.all(PreviewLink)), new RegExp(token))
    }),
  )

  it(
    'is over after thirty days, and when it is revoked',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), DRAFT)
      const ada = await aPerson(repo, 'Ada Byron')
      const old = await sharePreview(
        repo,
        episode,
        { person: ada },
        new Date(NOW.getTime() - 30 * DAY_MS),
      )
      const revoked = await sharePreview(repo, episode, { person: ada }, NOW)

      assert.equal(await revokePreview(repo, episode, revoked.link.id, NOW), true)
      assert.equal(await revokePreview(repo, episode, revoked.link.id, NOW), false)

      assert.deepEqual(await findPreview(repo, old.token, NOW), { state: 'over' })
      assert.deepEqual(await findPreview(repo, revoked.token, NOW), { state: 'over' })
      assert.equal(await findPreview(repo, 'never-was', NOW), undefined)
      assert.deepEqual(await listPreviews(repo, episode, NOW), [])
    }),
  )

  it(
    'is revoked by its own episode only',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, DRAFT)
      const other = await anEpisode(repo, podcast, { ...DRAFT, slug: 'other' })
      const { link } = await sharePreview(repo, episode, PROGRAM, NOW)

      assert.equal(await revokePreview(repo, other, link.id, NOW), false)
    }),
  )

  it(
    'leads to the episode once that is out, and its neighbours are those it would have',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'before' })
      const said = { ...DRAFT, summary: 'Of it.', audioBytes: 1, audioDuration: 1 }
      const episode = await anEpisode(repo, podcast, said)
      const { token } = await sharePreview(repo, episode, PROGRAM, NOW)
      const before = await findPreview(repo, token, NOW)

      const later = new Date(NOW.getTime() + DAY_MS)
      await publishEpisode(repo, episode, { at: later }, NOW)
      const scheduled = await findPreview(repo, token, NOW)
      const out = await findPreview(repo, token, later)

      assert.equal(before?.state === 'preview' && before.shown.previous?.slug, 'before')
      assert.equal(scheduled?.state, 'preview')
      assert.deepEqual(out, { state: 'out', podcast: 'local-time', episode: 'draft' })
    }),
  )

  it(
    'goes with its episode',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), DRAFT)
      await sharePreview(repo, episode, PROGRAM, NOW)

      await repo.delete(episode)

      assert.equal(await repo.count(from(PreviewLink)), 0)
    }),
  )

  it(
    'of another podcast is not there for its hosts',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), DRAFT)
      const other = await aPodcast(repo, { slug: 'other' })
      const { link } = await sharePreview(repo, episode, PROGRAM, NOW)
      const theirs = repo.forTenant([other.id])

      assert.deepEqual(await listPreviews(theirs, episode, NOW), [])
      assert.equal(await revokePreview(theirs, episode, link.id, NOW), false)
    }),
  )
})
