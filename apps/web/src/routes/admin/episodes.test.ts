import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { Episode, getEpisodeSheet } from '@showrunner/domain/episodes'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

describe('the episodes of the admin area', () => {
  it(
    'are listed by where they stand, found and sorted',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'out', title: 'Out <now>' })
      await anEpisode(repo, podcast, { slug: 'draft', title: 'In work', published: false })
      await anEpisode(repo, podcast, { slug: 'later', publishedAt: '2027-01-01T09:00:00Z' })
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const titles = async (query: string) => {
        const { html } = await host.get(`/admin/podcasts/${podcast.id}/episodes${query}`)
        await assertValidHtml(html)
        return [
          ...html.matchAll(/<div><a href="[^"]*edit(?:\?back=[^"]*)?" dir="auto">([^<]+)/g),
        ].map(([, title]) => title)
      }

      assert.deepEqual(await titles('?sort=title'), ['In work', 'later', 'Out &lt;now&gt;'])
      assert.deepEqual(await titles('?stage=draft'), ['In work'])
      assert.deepEqual(await titles('?stage=scheduled'), ['later'])
      assert.deepEqual(await titles('?q=OUT'), ['Out &lt;now&gt;'])
      assert.deepEqual(await titles('?q=nothing'), [])
    }),
  )

  it(
    'begin as a draft and are filled in on their sheet',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const host = await inAdmin(repo, { hostOf: [podcast] })
      await aPerson(repo, 'Grace Hopper', { handle: 'grace' })
      const episodes = `/admin/podcasts/${podcast.id}/episodes`
      await assertValidHtml((await host.get(`${episodes}/new`)).html)

      const created = await host.post(episodes, { title: 'Nobody owns the tide', sponsorsOf: '' })
      const edit = String(created.headers['location'])
      const sheet = await host.get(edit)
      await assertValidHtml(sheet.html)
      const lockVersion = /name="lockVersion" value="(\d+)"/.exec(sheet.html)?.[1] ?? ''
      const saved = await host.post(edit, {
        lockVersion,
        title: 'Nobody owns the tide',
        notes: '**Hello**',
        'episodeGuests[1000][person]': 'Grace Hopper (grace)',
        'episodeGuests[1000][role]': 'guest',
        'chapters[1000][starts]': '1:02',
        'chapters[1000][title]': 'Welcome',
      })

      assert.equal(saved.status, 303)
      const { id } = await repo.getByOrThrow(from(Episode), { slug: 'nobody-owns-the-tide' })
      const stored = await getEpisodeSheet(repo, podcast.id, id)
      assert.equal(stored.published, false)
      assert.equal(stored.episodeGuests[0]?.person.name, 'Grace Hopper')
      assert.deepEqual(
        [stored.chapters[0]?.startsMs, stored.chapters[0]?.title],
        [62_000, 'Welcome'],
      )
      assert.match((await host.get(edit)).html, /value="Grace Hopper \(grace\)"/)
    }),
  )

  it(
    'are shown again with what was typed in every row, and nothing is stored',
    sandboxed(async (repo) => {
      const { podcast, episode } = await aFullEpisode(repo)
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const edit = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/edit`
      await assertValidHtml((await host.get(edit)).html)

      const refused = await host.post(edit, {
        title: '',
        'episodeGuests[1000][person]': 'Zoe <Nobody>',
        'chapters[1000][starts]': 'half past',
        'chapters[1000][title]': 'A chapter',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /Title can&#39;t be blank\./)
      assert.match(refused.html, /Guest is not known here/)
      assert.match(refused.html, /value="Zoe &lt;Nobody&gt;"/)
      assert.match(refused.html, /value="half past"/)
      assert.equal((await getEpisodeSheet(repo, podcast.id, episode.id)).title, episode.title)
    }),
  )

  it(
    'of another podcast are not there: not in a list, not by address, not by form',
    sandboxed(async (repo) => {
      const [own, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'other' })]
      const theirs = await anEpisode(repo, other, { slug: 'secret', published: false })
      const host = await inAdmin(repo, { hostOf: [own] })
      const paths = [
        `/admin/podcasts/${other.id}/episodes`,
        `/admin/podcasts/${other.id}/episodes/new`,
        `/admin/podcasts/${other.id}/episodes/${theirs.id}/edit`,
        `/admin/podcasts/${own.id}/episodes/${theirs.id}/edit`,
      ]

      for (const path of paths) assert.equal((await host.get(path)).status, 404, path)
      const posts = [...paths.slice(2), paths[0] ?? '', `${paths[2]?.replace('/edit', '/delete')}`]
      for (const path of posts) {
        assert.equal((await host.post(path, { title: 'Mine' })).status, 404, path)
      }
      assert.deepEqual(
        (await repo.all(from(Episode))).map(({ title, published }) => [title, published]),
        [['secret', false]],
      )
    }),
  )

  it(
    'are deleted as drafts only',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const draft = await anEpisode(repo, podcast, { slug: 'draft', published: false })
      const out = await anEpisode(repo, podcast, { slug: 'out' })
      const host = await inAdmin(repo, { hostOf: [podcast] })
      const at = (id: number) => `/admin/podcasts/${podcast.id}/episodes/${id}/delete`

      assert.equal((await host.post(at(draft.id))).status, 303)
      assert.equal((await host.post(at(out.id))).status, 403)

      assert.deepEqual(
        (await repo.all(from(Episode))).map(({ slug }) => slug),
        ['out'],
      )
    }),
  )
})
