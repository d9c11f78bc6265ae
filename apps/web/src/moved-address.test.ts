import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { changePodcastSlug, changeSlug } from '@showrunner/domain/publishing'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { NOW, testApp } from './testing/test-app.ts'

describe('an old address', () => {
  it(
    'leads on from every page and file of an episode, with what was asked of it',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'old' })
      await changeSlug(repo, episode, { slug: 'newer' }, NOW)
      const app = await testApp(repo)
      const to = async (rest: string) => {
        const { statusCode, headers } = await app.inject(`/local-time/old${rest}`)
        return [statusCode, headers.location, headers['cache-control']]
      }

      assert.deepEqual(await to(''), [301, '/local-time/newer', 'no-cache'])
      assert.deepEqual(await to('?t=90'), [301, '/local-time/newer?t=90', 'no-cache'])
      assert.deepEqual(await to('/chapters.json'), [
        301,
        '/local-time/newer/chapters.json',
        'no-cache',
      ])
      const transcript = '/local-time/newer/transcript.vtt'
      assert.deepEqual(await to('/transcript.vtt'), [301, transcript, 'no-cache'])
      assert.deepEqual(await to('/embed'), [301, '/local-time/newer/embed', 'no-cache'])
      assert.equal((await app.inject('/local-time/newer')).statusCode, 200)
    }),
  )

  it(
    'leads on from the page and the feed of a podcast, and from its episodes',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'old' })
      await changePodcastSlug(repo, podcast, { slug: 'our-time' })
      await changeSlug(repo, episode, { slug: 'newer' }, NOW)
      const app = await testApp(repo)
      const to = async (url: string) => (await app.inject(url)).headers.location

      assert.equal(await to('/local-time?page=2'), '/our-time?page=2')
      assert.equal(await to('/local-time/feed'), '/our-time/feed')
      assert.equal(await to('/local-time/old/chapters.json'), '/our-time/newer/chapters.json')
      assert.equal((await app.inject('/local-time/none')).headers.location, '/our-time/none')
      assert.equal((await app.inject('/our-time/none')).statusCode, 404)
    }),
  )

  it(
    'is not told to anything that would change something',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'old' })
      await changeSlug(repo, episode, { slug: 'newer' }, NOW)

      const sent = await (await testApp(repo)).inject({ method: 'POST', url: '/local-time/old' })

      assert.equal(sent.statusCode, 405)
    }),
  )
})
