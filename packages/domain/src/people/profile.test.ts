import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages } from '@showrunner/data'
import { PodcastHost } from '../podcasts/index.ts'
import { aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { getPerson, listHosted, updateProfile } from './index.ts'

describe('one’s own profile', () => {
  it(
    'is what one says of oneself, and neither address nor role',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: 'ada@example.com' })
      const said = { name: 'Ada Byron', bio: '**Yes**', timeZone: 'Europe/London' }

      const saved = await updateProfile(repo, ada, { ...said, email: 'x@y.example', admin: true })

      assert.ok(saved.ok)
      const { name, bioHtml, timeZone, email, admin } = await getPerson(repo, 'ada')
      assert.deepEqual([name, timeZone], ['Ada Byron', 'Europe/London'])
      assert.equal(bioHtml, '<p><strong>Yes</strong></p>')
      assert.deepEqual([email, admin], ['ada@example.com', false])
    }),
  )

  it(
    'has a time zone of the world, or none',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')

      const refused = await updateProfile(repo, ada, { timeZone: 'Moon/Tranquility' })
      const none = await updateProfile(repo, ada, { timeZone: '' })

      assert.ok(!refused.ok && none.ok)
      assert.deepEqual(errorMessages(refused.changeset), {
        timeZone: ['must be a time zone such as Europe/Berlin'],
      })
      assert.equal(none.value.timeZone, null)
    }),
  )

  it(
    'is not written over from a form that was opened before',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada')
      await updateProfile(repo, ada, { location: 'London' })

      const late = await updateProfile(repo, await getPerson(repo, 'ada'), {
        lockVersion: String(ada.lockVersion),
        location: 'Paris',
      })

      assert.ok(!late.ok)
      assert.equal((await getPerson(repo, 'ada')).location, 'London')
    }),
  )

  it(
    'names what somebody hosts today',
    sandboxed(async (repo) => {
      const { id: personId, ...ada } = await aPerson(repo, 'Ada')
      const now = await aPodcast(repo, { slug: 'now', status: 'draft' })
      const then = await aPodcast(repo, { slug: 'then' })
      await repo.insertOrThrow(build(PodcastHost, { podcastId: now.id, personId }))
      await repo.insertOrThrow(build(PodcastHost, { podcastId: then.id, personId, retired: true }))

      const hosted = await listHosted(repo, await getPerson(repo, ada.handle))

      assert.deepEqual(
        hosted.map(({ slug }) => slug),
        ['now'],
      )
    }),
  )
})
