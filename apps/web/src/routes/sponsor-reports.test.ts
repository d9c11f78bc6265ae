import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { DownloadCount } from '@showrunner/domain/downloads'
import { EpisodeSponsor } from '@showrunner/domain/episodes'
import { Person } from '@showrunner/domain/people'
import { createSponsor, SponsorRep } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { signedIn } from '../testing/signed-in.ts'
import { testApp } from '../testing/test-app.ts'

const REPORT = '/sponsor/tideline/report'

/** A sponsor of one episode that is out, one of a podcast nobody sees, and a draft; and somebody of it. */
async function aSponsor(repo: Repo) {
  const made = await createSponsor(repo, { name: 'Tideline' })
  assert.ok(made.ok)
  const sponsorId = made.value.id
  const [podcast, hidden] = [
    await aPodcast(repo),
    await aPodcast(repo, { slug: 'hidden', title: 'Hidden', status: 'draft' }),
  ]
  const out = await anEpisode(repo, podcast, { slug: 'one', title: '=One' })
  const others = [
    await anEpisode(repo, hidden, { slug: 'secret', title: 'Secret' }),
    await anEpisode(repo, podcast, { slug: 'draft', title: 'A draft', published: false }),
  ]
  for (const { id: episodeId, podcastId } of [out, ...others]) {
    const said = { title: 'Boots', linkUrl: 'https://tide.example', startsMs: 750_000 }
    await repo.insertOrThrow(build(EpisodeSponsor, { episodeId, podcastId, sponsorId, ...said }))
  }
  const count = { podcastId: podcast.id, episodeId: out.id, day: '2026-11-19' } as const
  const heard = { agent: 'Overcast', way: 'app', downloads: 1234 } as const
  await repo.insertOrThrow(build(DownloadCount, { ...count, ...heard }))
  const rep = await aPerson(repo, 'Orla', { email: 'orla@example.com' })
  await repo.insertOrThrow(build(SponsorRep, { sponsorId, personId: rep.id }))
  return { sponsor: made.value, rep, podcast }
}

describe('the report of a sponsor', () => {
  it(
    'is read by its own people: what is out, with the moment, how often it was downloaded, and all in all',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { rep } = await aSponsor(repo)
      const headers = await signedIn(repo, rep)

      const page = await app.inject({ url: REPORT, headers })

      assert.equal(page.statusCode, 200)
      await assertValidHtml(page.body)
      assert.equal(page.headers['cache-control'], 'no-store')
      assert.match(page.body, /noindex/)
      assert.match(page.body, /Named in one episode that can be heard: 1,234 downloads in all/)
      assert.match(page.body, /href="\/local-time\/one#t=12:30">Hear it at 12:30/)
      assert.doesNotMatch(page.body, /Secret|A draft/)
      const mine = await app.inject({ url: '/~', headers })
      assert.match(mine.body, new RegExp(`href="${REPORT}"[^>]*>Report for Tideline`))
    }),
  )

  it(
    'goes into a spreadsheet as text',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const { rep } = await aSponsor(repo)

      const csv = await app.inject({ url: `${REPORT}.csv`, headers: await signedIn(repo, rep) })

      assert.match(String(csv.headers['content-type']), /^text\/csv/)
      assert.match(
        csv.body,
        /^"'=One","Local Time","\d{4}-\d\d-\d\d","Boots","12:30","https?:.*#t=12:30","1234"\r$/m,
      )
      assert.match(csv.body, /^"Total","","","","","","1234"\r$/m)
    }),
  )

  it(
    'is there for administrators, and for nobody else: not for hosts, editors, nor people of another sponsor',
    sandboxed(async (repo) => {
      const { podcast } = await aSponsor(repo)
      const other = await createSponsor(repo, { name: 'Other' })
      assert.ok(other.ok)
      const stranger = await aPerson(repo, 'Stranger')
      await repo.insertOrThrow(
        build(SponsorRep, { sponsorId: other.value.id, personId: stranger.id }),
      )
      const app = await testApp(repo)
      const statusFor = async (headers?: Record<string, string>) =>
        (await app.inject({ url: REPORT, headers: headers ?? {} })).statusCode

      assert.equal(await statusFor((await inAdmin(repo, { admin: true })).headers), 200)
      for (const one of [{ editor: true }, { hostOf: [podcast] }])
        assert.equal(await statusFor((await inAdmin(repo, one)).headers), 404)
      assert.equal(await statusFor(await signedIn(repo, stranger)), 404)
      const visitor = await app.inject({ url: REPORT })
      assert.deepEqual(
        [visitor.statusCode, visitor.headers.location],
        [303, '/in?next=%2Fsponsor%2Ftideline%2Freport'],
      )
    }),
  )

  it(
    'is given to people on the sponsor’s form, and taken again',
    sandboxed(async (repo) => {
      const { sponsor } = await aSponsor(repo)
      const ben = await repo.insertOrThrow(build(Person, { name: 'Ben', handle: 'ben' }))
      const admin = await inAdmin(repo, { admin: true })
      const edit = `/admin/sponsors/${sponsor.id}/edit`
      const form = await admin.get(edit)
      await assertValidHtml(form.html)
      assert.match(form.html, /Its people/)
      const [orla] = await repo.all(SponsorRep)
      const base = { name: 'Tideline', slug: 'tideline', lockVersion: '1' }

      const saved = await admin.post(edit, {
        ...base,
        'sponsorReps[0][id]': String(orla?.id),
        'sponsorReps[0][delete]': 'true',
        'sponsorReps[1][person]': 'Ben (ben)',
      })

      assert.equal(saved.status, 303, saved.html)
      const reps = await repo.all(SponsorRep)
      assert.deepEqual(
        reps.map(({ personId }) => personId),
        [ben.id],
      )
    }),
  )
})
