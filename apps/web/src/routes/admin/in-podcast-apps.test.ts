import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Episode } from '@showrunner/domain/episodes'
import { importPodcast } from '@showrunner/domain/import'
import { Podcast } from '@showrunner/domain/podcasts'
import { getSettings } from '@showrunner/domain/settings'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { readFeed, writeFeed } from '@showrunner/feeds'
import { A_FULL_FEED } from '@showrunner/feeds/testing'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { formsIn } from '../../testing/forms-in.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

type Admin = Awaited<ReturnType<typeof inAdmin>>

/** The sheet at this address, as it is opened, and sent with these fields changed. */
async function send(admin: Admin, address: string, changed: Readonly<Record<string, string>> = {}) {
  const { html } = await admin.get(address)
  await assertValidHtml(html)
  const form = formsIn(html, address).find(({ action }) => action === address)
  assert.ok(form)
  return admin.post(address, { ...Object.fromEntries(form.fields), ...changed })
}

async function imported(repo: Repo) {
  const bytes = Buffer.from(writeFeed(A_FULL_FEED))
  const options = { asOf: NOW, fetchDocuments: false }
  const { podcast } = await importPodcast(repo, { bytes }, options)
  const episode = await repo.getByOrThrow(from(Episode), { title: 'Leaves & <water>' })
  const sheet = `/admin/podcasts/${podcast.id}`
  return { podcast, sheets: [`${sheet}/edit`, `${sheet}/episodes/${episode.id}/edit`] as const }
}

async function feedOf(admin: Admin) {
  const response = await admin.app.inject('/tea-at-four/feed')
  return (await readFeed(response.rawPayload)).feed
}

describe('what is said in podcast apps', () => {
  it(
    'stays as it is when a sheet is sent as it was opened',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { sheets } = await imported(repo)
      const before = await feedOf(admin)

      for (const sheet of sheets) {
        const sent = await send(admin, sheet)
        assert.equal(
          sent.status,
          303,
          /<[^>]*class="problems[\s\S]{0,900}/.exec(sent.html)?.[0] ?? '',
        )
      }

      assert.deepEqual(await feedOf(admin), before)
    }),
  )

  it(
    'is said as it is written in lines',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const { sheets } = await imported(repo)

      const podcast = await send(admin, sheets[0], {
        updateFrequencyLines: 'Every day FREQ=DAILY',
        podrollLines: 'https://a.example/feed A\nhttps://b.example/feed B',
        paymentsLines: 'Ann ann@wallet.example 90\nben@wallet.example 10',
        licenseLines: '',
        feedPageSize: '1',
      })
      const episode = await send(admin, sheets[1], {
        soundbitesLines: '0:10–0:40 The best of it',
        socialInteractsLines: 'disabled',
      })

      assert.deepEqual([podcast.status, episode.status], [303, 303])
      const { podroll, values, updateFrequency, license, items, nextPageUrl } = await feedOf(admin)
      assert.deepEqual(
        podroll.map(({ title }) => title),
        ['A', 'B'],
      )
      assert.deepEqual(
        values[0]?.recipients.map(({ address, split }) => [address, split]),
        [
          ['ann@wallet.example', '90'],
          ['ben@wallet.example', '10'],
        ],
      )
      assert.deepEqual([updateFrequency?.rrule, license], ['FREQ=DAILY', null])
      assert.equal(items.length, 1)
      assert.match(nextPageUrl ?? '', /\?page=2$/)
      const { soundbites, socialInteracts } = await repo.getByOrThrow(from(Episode), {
        title: 'Leaves & <water>',
      })
      assert.deepEqual(soundbites, [
        { startsMs: 10_000, durationMs: 30_000, title: 'The best of it' },
      ])
      assert.equal(socialInteracts[0]?.protocol, 'disabled')
    }),
  )

  it(
    'is refused where a line says nothing, and shown again as it was typed',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon' })
      const sheet = `/admin/podcasts/${podcast.id}/episodes/${episode.id}/edit`

      const refused = await send(admin, sheet, { soundbitesLines: 'the best & of it' })
      const lost = await send(admin, `/admin/podcasts/${podcast.id}/edit`, {
        feedRedirects: 'true',
      })

      assert.equal(refused.status, 422)
      assert.match(
        refused.html,
        /Soundbites has a line that cannot be read: “the best &amp; of it”/,
      )
      assert.match(refused.html, />\s*the best &amp; of it<\/textarea>/)
      assert.deepEqual((await repo.getOrThrow(Episode, episode.id)).soundbites, [])
      assert.equal(lost.status, 422)
      assert.match(lost.html, /The feed has moved to is needed, if apps are to be led there/)
      assert.equal((await repo.getOrThrow(Podcast, podcast.id)).feedRedirects, false)
    }),
  )

  it(
    'is told to the hubs that the settings of the network name',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      const refused = await send(admin, '/admin/settings', { websubHubs: 'hub.example' })
      const saved = await send(admin, '/admin/settings', {
        websubHubs: 'https://hub.example/\n',
        usesPodping: 'true',
      })

      assert.equal(refused.status, 422)
      assert.match(refused.html, /WebSub hubs must be addresses that begin with https:\/\//)
      assert.equal(saved.status, 303)
      const { websubHubs, usesPodping } = await getSettings(repo)
      assert.deepEqual([websubHubs?.trim(), usesPodping], ['https://hub.example/', true])
    }),
  )
})
