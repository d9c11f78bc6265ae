import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { accountOf } from '../accounts/index.ts'
import { EpisodeGuest } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { type Actor, repoFor, VISITOR } from '../policies/index.ts'
import { anEpisode, aPerson, aPodcast, partsOfJobs, sandboxed } from '../testing/index.ts'
import {
  addPerson,
  editPerson,
  getPersonDesk,
  type PeopleGroup,
  Person,
  pickPerson,
  searchPeople,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const ADMIN: Actor = { ...VISITOR, isAdmin: true }
const EDITOR: Actor = { ...VISITOR, isEditor: true }
const PAGES = { signInUrl: 'https://radio.example/in', guideUrl: 'https://radio.example/guest' }

const handles = async (repo: Repo, actor: Actor, wanted: { q?: string; group?: PeopleGroup }) => {
  const { rows } = await searchPeople(repoFor(actor, repo), actor, wanted, NOW)
  return rows.map(({ handle }) => handle)
}

/** Ada, a guest of an episode that is out, and of the draft of a podcast that is hosted by Ben. */
async function network(repo: Repo) {
  const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
  const ben = await repo.updateOrThrow(change(await aPerson(repo, 'Ben'), { host: true }))
  const podcast = await aPodcast(repo)
  const secret = await aPodcast(repo, { slug: 'secret', status: 'draft' })
  await repo.insertOrThrow(build(PodcastHost, { podcastId: secret.id, personId: ben.id }))
  for (const { id: episodeId, podcastId } of [
    await anEpisode(repo, podcast, { slug: 'out' }),
    await anEpisode(repo, secret, { slug: 'hidden', published: false }),
  ]) {
    await repo.insertOrThrow(build(EpisodeGuest, { podcastId, episodeId, personId: ada.id }))
  }
  return { ada, ben, asBen: await accountOf(repo, ben) }
}

describe('searchPeople', () => {
  it(
    'finds by name and handle, and for administrators alone by address',
    sandboxed(async (repo) => {
      await network(repo)

      assert.deepEqual(await handles(repo, ADMIN, { q: 'ADA' }), ['ada'])
      assert.deepEqual(await handles(repo, ADMIN, { q: 'ada@example' }), ['ada'])
      assert.deepEqual(await handles(repo, EDITOR, { q: 'ada@example' }), [])
    }),
  )

  it(
    'narrows to groups; what is asked about accounts is answered to administrators alone',
    sandboxed(async (repo) => {
      await network(repo)
      const inGroup = (actor: Actor, group: PeopleGroup) => handles(repo, actor, { group })

      assert.deepEqual(await inGroup(ADMIN, 'hosts'), ['ben'])
      assert.deepEqual(await inGroup(ADMIN, 'guests'), ['ada'])
      assert.deepEqual(await inGroup(ADMIN, 'accounts'), ['ada'])
      assert.deepEqual(await inGroup(ADMIN, 'never'), ['ada', 'ben'])
      assert.deepEqual(await inGroup(ADMIN, 'administrators'), [])
      assert.deepEqual(await inGroup(EDITOR, 'accounts'), ['ada', 'ben'])
    }),
  )

  it(
    'counts the episodes that somebody may see, and shows those on their page',
    sandboxed(async (repo) => {
      const { ada, asBen } = await network(repo)
      const seen = async (actor: Actor) => {
        const theirs = repoFor(actor, repo)
        const { rows } = await searchPeople(theirs, actor, { q: 'ada' }, NOW)
        const { guested } = await getPersonDesk(theirs, actor, ada.id, NOW)
        return [rows[0]?.guested, guested.total, guested.episodes.map(({ slug }) => slug)]
      }

      assert.deepEqual(await seen(ADMIN), [2, 2, ['hidden', 'out']])
      assert.deepEqual(await seen(asBen), [2, 2, ['hidden', 'out']])
      assert.deepEqual(await seen(EDITOR), [1, 1, ['out']])
    }),
  )

  it(
    'tells of the host of a podcast that nobody knows of yet only to who works on it',
    sandboxed(async (repo) => {
      const { ben, asBen } = await network(repo)
      const hosts = async (actor: Actor) =>
        (await getPersonDesk(repoFor(actor, repo), actor, ben.id, NOW)).podcasts.map(
          ({ podcast }) => podcast.slug,
        )

      assert.deepEqual(await hosts(asBen), ['secret'])
      assert.deepEqual(await hosts(EDITOR), [])
    }),
  )
})

describe('addPerson', () => {
  it(
    'makes a handle of the name, and mails the welcome that was chosen',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron')
      const said = { name: 'Ada Byron', handle: ' ', email: 'ada@example.com' }

      const added = await addPerson(repo, ADMIN, said, { as: 'guest', ...PAGES })

      assert.ok(added.ok)
      assert.equal(added.value.handle, 'ada-byron-2')
      const sent: Message[] = []
      await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf: NOW, sent }))
      assert.deepEqual(
        sent.map(({ to, subject }) => [to, subject]),
        [['ada@example.com', 'Be our guest at Showrunner']],
      )
      assert.match(sent[0]?.text ?? '', /https:\/\/radio\.example\/guest/)
    }),
  )

  it(
    'welcomes nobody without an address, and adds them then neither',
    sandboxed(async (repo) => {
      const refused = await addPerson(repo, ADMIN, { name: 'Ada' }, { as: 'member', ...PAGES })

      assert.deepEqual(refused.ok || Object.keys(refused.changeset.errors), ['email'])
      assert.equal(await repo.count(Person), 0)
    }),
  )

  it(
    'takes addresses from administrators only, now and later',
    sandboxed(async (repo) => {
      const added = await addPerson(repo, EDITOR, { name: 'Ada', email: 'a@example.com' })
      assert.ok(added.ok)
      const edited = await editPerson(repo, EDITOR, added.value, {
        bio: 'Hers.',
        email: 'b@example.com',
      })

      assert.ok(edited.ok)
      assert.deepEqual([edited.value.email, edited.value.bio], [null, 'Hers.'])
      const byAdmin = await editPerson(repo, ADMIN, edited.value, { email: 'b@example.com' })
      assert.equal(byAdmin.ok && byAdmin.value.email, 'b@example.com')
    }),
  )
})

describe('pickPerson', () => {
  it(
    'finds who is there by what a picker sends, by an old handle too, and adds nobody',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await editPerson(repo, ADMIN, ada, { handle: 'ada-byron' })

      assert.equal((await pickPerson(repo, 'Ada (ada)'))?.id, ada.id)
      assert.equal((await pickPerson(repo, 'Ada (ada-byron)'))?.id, ada.id)
      assert.equal((await pickPerson(repo, 'Ada'))?.id, ada.id)
      assert.equal(await pickPerson(repo, 'Zoe (new)'), undefined)
      assert.equal(await repo.count(Person), 1)
    }),
  )
})
