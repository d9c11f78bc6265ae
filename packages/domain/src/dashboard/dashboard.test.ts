import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo } from '@showrunner/data'
import { updateEpisode } from '../episodes/index.ts'
import { type Person } from '../people/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type Actor, repoFor, VISITOR } from '../policies/index.ts'
import { EpisodeRequest, requestChangeset } from '../requests/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { Upload } from '../uploads/index.ts'
import { getDashboard } from './index.ts'

const NOW = new Date('2026-11-18T06:00:00Z')
const SOON = new Date('2026-11-20T06:00:00Z')

async function aRequest(repo: Repo, { id: podcastId }: Podcast, by: Person, pitch: string) {
  const wish = build(EpisodeRequest, { podcastId, submitterId: by.id })
  return repo.insertOrThrow(requestChangeset(wish, { pitch }))
}

async function aRefused(repo: Repo, { id: personId }: Person, podcast: Podcast, name: string) {
  return repo.insertOrThrow(
    build(Upload, {
      personId,
      podcastId: podcast.id,
      kind: 'cover',
      subject: 'podcast',
      subjectId: podcast.id,
      name,
      bytes: 7,
      state: 'refused',
      message: 'It is no picture.',
      insertedAt: NOW,
      updatedAt: NOW,
    }),
  )
}

/** Two shows, each with a draft, a scheduled episode, a request and a picture that was not taken. */
async function twoShows(repo: Repo) {
  const person = await aPerson(repo, 'Ines Okafor')
  for (const slug of ['tides', 'clocks']) {
    const podcast = await aPodcast(repo, { slug, title: slug })
    await anEpisode(repo, podcast, { slug: `${slug}-draft`, published: false, publishedAt: null })
    await anEpisode(repo, podcast, { slug: `${slug}-soon`, publishedAt: SOON })
    await anEpisode(repo, podcast, { slug: `${slug}-out` })
    await aRequest(repo, podcast, person, `About ${slug}`)
    await aRefused(repo, person, podcast, `${slug}.gif`)
  }
  return person
}

const seenBy = async (repo: Repo, actor: Actor) => {
  const { shows, scheduledEpisodes, requests, refusedUploads } = await getDashboard(
    repo,
    actor,
    NOW,
  )
  return [
    ...shows.flatMap(({ podcast, drafts }) => [
      podcast.slug,
      ...drafts.map(({ episode }) => episode.title),
    ]),
    ...scheduledEpisodes.map(({ slug }) => slug),
    ...(requests?.newest ?? []).map(({ pitch }) => pitch),
    ...refusedUploads.map(({ name }) => name),
  ].toSorted()
}

const OF_TIDES = ['About tides', 'tides', 'tides-draft', 'tides-soon', 'tides.gif']

describe('getDashboard', () => {
  it(
    'has the network for administrators, their own shows for hosts, and for editors neither',
    sandboxed(async (repo) => {
      await twoShows(repo)
      const tides = (await getDashboard(repo, { ...VISITOR, isAdmin: true }, NOW)).shows.find(
        ({ podcast }) => podcast.slug === 'tides',
      )
      const host = { ...VISITOR, hostOf: [tides?.podcast.id ?? 0] }
      const editor = { ...VISITOR, isEditor: true }

      assert.equal((await seenBy(repo, { ...VISITOR, isAdmin: true })).length, 10)
      assert.deepEqual(await seenBy(repo, host), OF_TIDES)
      assert.deepEqual(await seenBy(repoFor(host, repo), host), OF_TIDES)
      assert.deepEqual(await seenBy(repo, editor), [])
      assert.deepEqual(await seenBy(repoFor(editor, repo), editor), [])
      assert.equal((await getDashboard(repo, host, NOW)).network, null)
    }),
  )

  it(
    'has the drafts that were touched last, who did that, and what they miss',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const person = await aPerson(repo, 'Ada Byron')
      const ada = { ...VISITOR, person, hostOf: [podcast.id] }
      for (const day of ['01', '02', '03', '04']) {
        const draft = { slug: `of-${day}`, published: false, publishedAt: null, audioUrl: null }
        const made = await anEpisode(repo, podcast, draft)
        const updatedAt = new Date(`2026-11-${day}T09:00:00Z`)
        await repo.updateOrThrow(change(made, { updatedAt }))
        if (day !== '02') continue
        const theirs = repoFor(ada, repo)
        assert.ok((await updateEpisode(theirs, await repo.reloadOrThrow(made), { notes: 'x' })).ok)
      }

      const [show] = (await getDashboard(repoFor(ada, repo), ada, NOW)).shows

      const drafts = show?.drafts ?? []
      assert.deepEqual(
        drafts.map(({ episode }) => episode.title),
        ['of-02', 'of-04', 'of-03'],
      )
      assert.equal(show?.moreDrafts, 1)
      assert.deepEqual(
        drafts.map(({ lastDone }) => lastDone?.personName),
        ['Ada Byron', undefined, undefined],
      )
      const [first, second] = drafts.map(({ missing }) => missing.map(({ code }) => code))
      assert.equal(first?.[0], 'audio')
      assert.ok(second?.includes('words') && !first?.includes('words'))
    }),
  )

  it(
    'has somebody’s own posts: drafts, and those that appear next',
    sandboxed(async (repo) => {
      const [ada, zoe] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Zoe')]
      await aPost(repo, ada, { slug: 'mine' })
      await aPost(repo, ada, { slug: 'mine-soon', publishedAt: SOON })
      await aPost(repo, zoe, { slug: 'hers' })

      const { posts } = await getDashboard(repo, { ...VISITOR, person: ada, isEditor: true }, NOW)

      assert.deepEqual(
        posts?.drafts.rows.map(({ slug }) => slug),
        ['mine'],
      )
      assert.deepEqual(
        posts?.scheduled.rows.map(({ slug }) => slug),
        ['mine-soon'],
      )
    }),
  )

  it(
    'leaves out what was not taken, once something was sent in its place or a week has gone',
    sandboxed(async (repo) => {
      const person = await twoShows(repo)
      const admin = { ...VISITOR, isAdmin: true }
      const { refusedUploads, shows } = await getDashboard(repo, admin, NOW)
      const [one] = shows
      assert.equal(refusedUploads.length, 2)

      const again = await aRefused(repo, person, one?.podcast ?? assert.fail(), 'again.png')
      await repo.updateOrThrow(change(again, { state: 'taken' }))

      assert.equal((await getDashboard(repo, admin, NOW)).refusedUploads.length, 1)
      const later = new Date('2026-11-26T06:00:00Z')
      assert.deepEqual((await getDashboard(repo, admin, later)).refusedUploads, [])
    }),
  )

  it(
    'asks as often however much there is, and counts people for administrators',
    sandboxed(async (repo) => {
      const admin = { ...VISITOR, isAdmin: true }
      await twoShows(repo)
      const asked = async () => {
        let statements = 0
        const stop = repo.onQuery(() => void (statements += 1))
        const dashboard = await getDashboard(repo, admin, NOW)
        stop()
        return { statements, dashboard }
      }
      const { statements: few } = await asked()
      const podcast = await aPodcast(repo, { slug: 'more' })
      for (const slug of ['a', 'b', 'c', 'd', 'e'])
        await anEpisode(repo, podcast, { slug, published: false, publishedAt: null })

      const { statements, dashboard } = await asked()

      assert.equal(statements, few)
      assert.ok(few < 50, `${few} statements`)
      assert.equal(dashboard.network?.people.all, 1)
      assert.equal(dashboard.network?.failedJobCount, 0)
    }),
  )
})
