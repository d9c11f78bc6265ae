import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo } from '@showrunner/data'
import { readFeed, writeFeed } from '@showrunner/feeds'
import { performWaiting } from '@showrunner/jobs/testing'
import { type Message } from '@showrunner/mail'
import { EpisodeSponsor, replaceChapters } from '../episodes/index.ts'
import { JOBS } from '../jobs/index.ts'
import { Membership } from '../memberships/index.ts'
import { mergePeople } from '../people/index.ts'
import { Sponsor } from '../sponsors/index.ts'
import {
  aMember,
  anEpisode,
  aPerson,
  aPodcast,
  endMembership,
  partsOfJobs,
  sandboxed,
  OUTSIDE as FEEDS_OUTSIDE,
} from '../testing/index.ts'
import {
  audioKey,
  createMemberFeed,
  findFeedByToken,
  findMemberAudio,
  getFeedById,
  getMemberFeed,
  giveFeed,
  listOwnFeeds,
  MemberFeed,
  type MembersOutside,
  noteFetch,
  removeMemberFeed,
  replaceAddress,
  rotateAddress,
  updateMemberFeed,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

const OUTSIDE: MembersOutside = {
  ...FEEDS_OUTSIDE,
  memberFeed: (token) => `/members/${token}/feed`,
  memberAudio: (key, file) => `/members/${key}/audio/${file}`,
  silence: '/members/silence.mp3',
  comeBack: '/~/feeds',
}

async function made(repo: Repo, person: { readonly id: number }, params: object = {}) {
  const saved = await createMemberFeed(repo, person, { name: 'Mine', ...params }, NOW)
  if (!saved.ok) throw new Error(JSON.stringify(saved.changeset.errors))
  return { feed: await getFeedById(repo, saved.value.id), token: saved.token }
}

async function read(repo: Repo, token: string, asOf = NOW) {
  const feed = await findFeedByToken(repo, token)
  if (!feed) return undefined
  const xml = writeFeed(await getMemberFeed(repo, feed, token, asOf, OUTSIDE))
  const { feed: said, warnings } = await readFeed(xml)
  assert.deepEqual(warnings, [])
  return { said, xml, titles: said.items.map(({ title }) => title) }
}

describe('the feed of a member', () => {
  it(
    'has every show, the newest first, and says to whoever finds it that it is private',
    sandboxed(async (repo) => {
      const time = await aPodcast(repo)
      const repair = await aPodcast(repo, { title: 'Kept in Repair', slug: 'repair' })
      await anEpisode(repo, time, { slug: 'old', publishedAt: '2026-01-01T00:00:00Z', number: 3 })
      await anEpisode(repo, repair, { slug: 'latest' })
      await anEpisode(repo, time, { slug: 'draft', published: false })
      await anEpisode(repo, time, { slug: 'ahead', publishedAt: '2026-12-01T00:00:00Z' })
      await anEpisode(repo, await aPodcast(repo, { slug: 'unseen', status: 'draft' }), {
        slug: 'x',
      })
      const { token } = await made(repo, await aMember(repo, 'Ada'), {
        titleFormat: '{podcast} {number}: {title}',
      })

      const { said, xml, titles } = (await read(repo, token)) ?? {}

      assert.deepEqual(titles, ['Kept in Repair: latest', 'Local Time 3: old'])
      assert.equal(said?.blocked, true)
      assert.equal(said?.locked, true)
      assert.deepEqual(said?.blocks, [{ service: null, blocked: true }])
      assert.match(xml ?? '', /<itunes:block>Yes<\/itunes:block>\n[^]*<podcast:block>yes/)
      assert.doesNotMatch(xml ?? '', /rel="hub"|new-feed-url/)
      assert.match(token, /^[\w-]{22}$/)
    }),
  )

  it(
    'has the shows that were chosen, from the day on that was chosen, where its owner is',
    sandboxed(async (repo) => {
      const time = await aPodcast(repo)
      const repair = await aPodcast(repo, { title: 'Kept in Repair', slug: 'repair' })
      await anEpisode(repo, time, { slug: 'eve', publishedAt: '2026-03-31T22:30:00Z' })
      await anEpisode(repo, time, { slug: 'before', publishedAt: '2026-03-31T21:30:00Z' })
      await anEpisode(repo, repair, { slug: 'other', publishedAt: '2026-05-01T00:00:00Z' })
      const ada = await aMember(repo, 'Ada')
      await repo.updateOrThrow(change(ada, { timeZone: 'Europe/Berlin' }))
      const { feed, token } = await made(repo, ada, {
        allPodcasts: false,
        podcasts: [String(time.id)],
        startsOn: '2026-04-01',
      })

      assert.deepEqual((await read(repo, token))?.titles, ['eve'])

      const none = await updateMemberFeed(repo, feed, { allPodcasts: 'false', podcasts: [] })
      assert.equal(none.ok, false)
      const all = await updateMemberFeed(repo, feed, { allPodcasts: 'true', startsOn: '' })
      assert.ok(all.ok)
      assert.deepEqual((await read(repo, token))?.titles, ['other', 'eve', 'before'])
    }),
  )

  it(
    'has the recording for members, and nothing that was measured in the other',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon', audioDuration: 60 })
      await replaceChapters(repo, episode, [
        { startsMs: 0, endsMs: null, title: 'In', link: null, imageUrl: null, hidden: false },
      ])
      const { id: sponsorId } = await repo.insertOrThrow(
        build(Sponsor, { name: 'Oil', slug: 'oil' }),
      )
      const said = { sponsorId, title: 'Oil', linkUrl: 'https://oil.example/' }
      await repo.insertOrThrow(
        build(EpisodeSponsor, { episodeId: episode.id, podcastId: podcast.id, ...said }),
      )
      const ada = await aMember(repo, 'Ada')
      const { feed, token } = await made(repo, ada)
      const item = async () => (await read(repo, token))?.said.items[0]

      const before = await item()
      await repo.updateOrThrow(
        change(episode, {
          membersAudioUrl: '/uploads/episodes/1/secret.m4a',
          membersAudioType: 'audio/mp4',
          membersAudioBytes: 77,
          membersAudioDuration: 50,
        }),
      )
      const now = await item()
      const key = audioKey(feed, episode.id)

      assert.equal(before?.durationSeconds, 60)
      assert.match(before?.contentHtml ?? '', /oil\.example/)
      assert.ok(before?.chapters)
      assert.deepEqual(now?.enclosure, {
        url: `https://net.example/members/${key}/audio/${episode.id}.m4a`,
        type: 'audio/mp4',
        length: 77,
      })
      assert.equal(now?.durationSeconds, 50)
      assert.equal(now?.chapters, null)
      assert.equal(now?.contentHtml, null)
      assert.doesNotMatch((await read(repo, token))?.xml ?? '', /secret|audio\.example/)
      assert.deepEqual(await findMemberAudio(repo, { key, episodeId: episode.id }, NOW), {
        state: 'there',
        url: '/uploads/episodes/1/secret.m4a',
        isForMembers: true,
      })

      await updateMemberFeed(repo, feed, { membersAudio: 'false' })
      assert.equal((await item())?.durationSeconds, 60)
      assert.equal((await item())?.enclosure?.length, before?.enclosure?.length)
    }),
  )

  it(
    'tells apart episodes of two shows that have the same guid',
    sandboxed(async (repo) => {
      const [one, two] = [await aPodcast(repo), await aPodcast(repo, { slug: 'two' })]
      for (const podcast of [one, two]) {
        const episode = await anEpisode(repo, podcast, { slug: 'first' })
        await repo.updateOrThrow(change(episode, { guid: '1' }))
      }
      const { token } = await made(repo, await aMember(repo, 'Ada'))

      const guids = (await read(repo, token))?.said.items.map(({ guid }) => guid)

      assert.deepEqual(guids?.toSorted(), ['1', `${two.guid}/1`].toSorted())
    }),
  )

  it(
    'is at no address but the last one',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })
      const { feed, token } = await made(repo, await aMember(repo, 'Ada'))
      const key = audioKey(feed, episode.id)

      const next = await rotateAddress(repo, feed, NOW)

      assert.equal(await read(repo, token), undefined)
      assert.deepEqual((await read(repo, next))?.titles, ['noon'])
      assert.equal(await findMemberAudio(repo, { key, episodeId: episode.id }, NOW), undefined)
      await removeMemberFeed(repo, feed)
      assert.equal(await read(repo, next), undefined)
    }),
  )

  it(
    'says one thing after the membership, and everything again when it is back',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })
      const ada = await aMember(repo, 'Ada')
      const { feed, token } = await made(repo, ada)
      const asked = { key: audioKey(feed, episode.id), episodeId: episode.id }
      const state = async () => (await findMemberAudio(repo, asked, NOW))?.state
      assert.equal(await state(), 'there')

      await endMembership(repo, ada, NOW)
      const ended = await read(repo, token)

      assert.deepEqual(ended?.titles, ['Your membership of Showrunner has ended'])
      assert.match(ended?.said.items[0]?.description ?? '', /https:\/\/net\.example\/~\/feeds/)
      assert.equal(ended?.said.items[0]?.enclosure?.url, 'https://net.example/members/silence.mp3')
      assert.equal(ended?.said.items[0]?.publishedAt?.getTime(), NOW.getTime())
      assert.equal((await read(repo, token, later(9)))?.xml, ended?.xml)
      assert.equal(await state(), 'over')

      await repo.updateAll(from(Membership).where({ personId: ada.id }), { status: 'active' })
      assert.deepEqual((await read(repo, token))?.titles, ['noon'])
      assert.equal(await state(), 'there')
    }),
  )
})

describe('the address of a sound', () => {
  it(
    'is good for one episode of one feed, and cannot be made of another',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const [one, two] = [
        await anEpisode(repo, podcast, { slug: 'one' }),
        await anEpisode(repo, podcast, { slug: 'two' }),
      ]
      const ahead = await anEpisode(repo, podcast, {
        slug: 'ahead',
        publishedAt: '2026-12-01T00:00:00Z',
      })
      const { feed } = await made(repo, await aMember(repo, 'Ada'))
      const { feed: other } = await made(repo, await aMember(repo, 'Grace'))
      const key = audioKey(feed, one.id)
      const ask = (asked: string, episodeId: number) =>
        findMemberAudio(repo, { key: asked, episodeId }, NOW)

      assert.equal((await ask(key, one.id))?.state, 'there')
      const wrong: readonly (readonly [string, number])[] = [
        [key, two.id],
        [key.replace(`${feed.id}-`, `${other.id}-`), one.id],
        [`${key}A`, one.id],
        [key.slice(0, -1), one.id],
        [`${feed.id}-${'A'.repeat(22)}`, one.id],
        [`999999-${'A'.repeat(22)}`, one.id],
        ['', one.id],
        [audioKey(feed, ahead.id), ahead.id],
        [audioKey(feed, 424_242), 424_242],
      ]
      for (const [asked, id] of wrong) assert.equal(await ask(asked, id), undefined, asked)
    }),
  )

  it(
    'ends where the show is no longer chosen',
    sandboxed(async (repo) => {
      const [one, two] = [await aPodcast(repo), await aPodcast(repo, { slug: 'two' })]
      const episode = await anEpisode(repo, one, { slug: 'one' })
      const { feed } = await made(repo, await aMember(repo, 'Ada'))
      const asked = { key: audioKey(feed, episode.id), episodeId: episode.id }

      await updateMemberFeed(repo, feed, { allPodcasts: 'false', podcasts: [two.id] })

      assert.equal(await findMemberAudio(repo, asked, NOW), undefined)
    }),
  )
})

describe('making feeds', () => {
  it(
    'takes neither an owner nor an address from a form',
    sandboxed(async (repo) => {
      const [ada, grace] = [await aMember(repo, 'Ada'), await aMember(repo, 'Grace')]
      const sent = { personId: String(grace.id), tokenHash: 'a'.repeat(64), agents: [], id: '1' }

      const { feed } = await made(repo, ada, sent)
      await updateMemberFeed(repo, feed, { name: 'Changed', ...sent })

      const after = await getFeedById(repo, feed.id)
      assert.deepEqual(
        [after.personId, after.tokenHash, after.name],
        [ada.id, feed.tokenHash, 'Changed'],
      )
      assert.deepEqual(await listOwnFeeds(repo, grace), [])
    }),
  )

  it(
    'ends at twenty for one member, and keeps no address in the database',
    sandboxed(async (repo) => {
      const ada = await aMember(repo, 'Ada')
      const tokens: string[] = []
      for (let count = 0; count < 20; count += 1) tokens.push((await made(repo, ada)).token)

      const saved = await createMemberFeed(repo, ada, { name: 'More' }, NOW)

      assert.equal(saved.ok, false)
      const rows = JSON.stringify(await repo.all(MemberFeed))
      assert.ok(tokens.every((token) => !rows.includes(token)))
      assert.equal(new Set(tokens).size, 20)
    }),
  )

  it(
    'remembers what fetched a feed, ten programs at most, and nothing of who',
    sandboxed(async (repo) => {
      const { feed } = await made(repo, await aMember(repo, 'Ada'))
      const fetched = async (agent: string | undefined, asOf: Date) =>
        noteFetch(repo, await getFeedById(repo, feed.id), agent, asOf)

      for (let count = 0; count < 14; count += 1) await fetched(`App${count}/1.0 (a)`, later(count))
      await fetched('App7/2.0', later(20))
      await fetched(undefined, later(21))

      const { agents, lastFetchedAt } = await getFeedById(repo, feed.id)
      assert.equal(agents.length, 10)
      assert.deepEqual(
        agents.slice(0, 3).map(({ name }) => name),
        ['unknown', 'App7', 'App13'],
      )
      assert.equal(lastFetchedAt?.getTime(), later(21).getTime())
    }),
  )

  it(
    'goes with who is merged into somebody else',
    sandboxed(async (repo) => {
      const root = await repo.updateOrThrow(change(await aPerson(repo, 'Root'), { admin: true }))
      const [ada, grace] = [await aMember(repo, 'Ada'), await aMember(repo, 'Grace')]
      const { token } = await made(repo, ada)

      await mergePeople(repo, { person: root }, { gone: ada, kept: grace }, NOW)

      assert.equal((await findFeedByToken(repo, token))?.personId, grace.id)
    }),
  )
})

describe('the mail with a feed', () => {
  const perform = async (repo: Repo, asOf: Date) => {
    const sent: Message[] = []
    await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
    return sent
  }
  const tokenIn = (mail: Message | undefined) =>
    /\/members\/([\w-]+)\/feed/.exec(mail?.text ?? '')?.[1]

  it(
    'goes once to who has become a member, and its address works',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'noon' })
      const ada = await aMember(repo, 'Ada')

      await giveFeed(repo, ada, NOW)
      await giveFeed(repo, ada, NOW)
      const [mail, ...others] = await perform(repo, NOW)
      await giveFeed(repo, ada, NOW)

      assert.deepEqual(others, [])
      assert.deepEqual(await perform(repo, NOW), [])
      assert.equal(mail?.to, 'ada@example.com')
      assert.deepEqual((await read(repo, tokenIn(mail) ?? ''))?.titles, ['noon'])
      assert.equal((await listOwnFeeds(repo, ada)).length, 1)
    }),
  )

  it(
    'says to who comes back that their addresses are good again, and names none',
    sandboxed(async (repo) => {
      const ada = await aMember(repo, 'Ada')
      const { token } = await made(repo, ada)

      await giveFeed(repo, ada, later(1))
      const [mail] = await perform(repo, later(1))

      assert.match(mail?.subject ?? '', /play again/)
      assert.equal(tokenIn(mail), undefined)
      assert.ok(await findFeedByToken(repo, token))
    }),
  )

  it(
    'changes nothing when it cannot be sent, and goes to nobody who left meanwhile',
    sandboxed(async (repo) => {
      const [ada, grace] = [await aMember(repo, 'Ada'), await aMember(repo, 'Grace')]
      await giveFeed(repo, ada, NOW)
      await giveFeed(repo, grace, NOW)
      await endMembership(repo, grace, NOW)
      const parts = partsOfJobs(repo, { asOf: NOW, sent: [] })
      const broken = { send: async () => Promise.reject(new Error('the server is away')) }

      await performWaiting(repo, JOBS, { ...parts, mailer: broken }).catch(() => undefined)

      assert.deepEqual(await listOwnFeeds(repo, ada), [])
      assert.deepEqual(await listOwnFeeds(repo, grace), [])
    }),
  )

  it(
    'brings the address that an administrator had replaced, which stopped at once',
    sandboxed(async (repo) => {
      const { feed, token } = await made(repo, await aMember(repo, 'Ada'))

      await replaceAddress(repo, feed, {}, NOW)
      assert.equal(await findFeedByToken(repo, token), undefined)
      const [mail] = await perform(repo, NOW)

      assert.match(mail?.subject ?? '', /new address for “Mine”/)
      assert.equal((await findFeedByToken(repo, tokenIn(mail) ?? ''))?.id, feed.id)
    }),
  )
})
