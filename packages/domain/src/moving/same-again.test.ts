import assert from 'node:assert/strict'
import { it } from 'node:test'
import { picture } from '@showrunner/artwork/testing'
import { change, from, type Repo } from '@showrunner/data'
import { type Feed, readFeed, writeFeed } from '@showrunner/feeds'
import { Episode } from '../episodes/index.ts'
import { getFeed } from '../feed/index.ts'
import { importPodcast } from '../import/index.ts'
import { aFeed, OUTSIDE, sandboxed } from '../testing/index.ts'
import { bringFiles, filesElsewhere } from './index.ts'
import { newHome, oldHost, SOUND } from './testing/old-host.ts'

const ASKED = new Date('2026-11-20T12:00:00Z')

async function published(repo: Repo, slug: string): Promise<Feed> {
  return (await readFeed(writeFeed(await getFeed(repo, slug, ASKED, OUTSIDE)))).feed
}

/** A feed without the addresses of its files. */
function withoutAddresses(feed: Feed): unknown {
  const files = ['imageUrl', 'images', 'url']
  return JSON.parse(
    JSON.stringify(feed, (key, value: unknown) => (files.includes(key) ? undefined : value)),
  )
}

it(
  'a feed whose files were brought here says what it said, but for their addresses, and so does importing it again',
  sandboxed(async (repo, t) => {
    const host = await oldHost(t, {
      '/cover.jpg': await picture({ width: 500 }),
      '/a.mp3': SOUND,
      '/b.mp3': SOUND,
    })
    const xml = aFeed({
      more: `<itunes:image href="${host.at('/cover.jpg')}"/>`,
      items: ['a', 'b'].map((guid) => ({ guid, more: '<itunes:duration>4</itunes:duration>' })),
    })
      .toString()
      .replaceAll('https://audio.example', host.at(''))
      .replaceAll('length="1000"', `length="${SOUND.length}"`)
    const bytes = Buffer.from(xml)
    const importAgain = () => importPodcast(repo, { bytes }, { asOf: ASKED })
    const { podcast } = await importAgain()
    const before = await published(repo, podcast.slug)
    const { mover, perform } = await newHome(repo, t)

    const asked = { podcastId: podcast.id, personId: mover.id }
    await bringFiles(repo, { ...asked, kinds: ['picture', 'audio'] })
    await perform()

    const after = await published(repo, podcast.slug)
    assert.deepEqual(withoutAddresses(after), withoutAddresses(before))
    assert.deepEqual(
      before.items.map(({ enclosure }) => enclosure?.url),
      [host.at('/a.mp3'), host.at('/b.mp3')],
    )
    for (const { enclosure } of after.items) assert.match(enclosure?.url ?? '', /\/uploads\//)
    assert.match(after.imageUrl ?? '', /\/uploads\//)

    const again = await importAgain()
    assert.deepEqual([again.outcome, again.episodes.unchanged], ['unchanged', 2])
    assert.deepEqual(await published(repo, podcast.slug), after)
    assert.deepEqual(await filesElsewhere(repo, podcast.id), [])

    const [episode] = await repo.all(from(Episode).where({ guid: 'a' }))
    assert.ok(episode)
    await repo.updateOrThrow(change(episode, { audioUrl: host.at('/a.mp3') }))
    await bringFiles(repo, { ...asked, kinds: ['audio'] })
    await perform()
    assert.match((await repo.reloadOrThrow(episode)).audioUrl ?? '', /\/uploads\//)
  }),
)
