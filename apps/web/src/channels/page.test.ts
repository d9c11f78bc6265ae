import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { connect } from '@showrunner/channels/testing'
import { aNetwork } from '../testing/a-network.ts'
import { keptSite, type KeptSite } from '../testing/kept-site.ts'
import { versionIn } from '../page-version.ts'
import { PageChannel, pageTopic } from './page-channel.ts'

const EPISODE = '/local-time/full'

async function aSite(t: TestContext) {
  const site = await keptSite(t)
  if (site) await aNetwork(site)
  return site
}

async function open({ app }: KeptSite, key: string, given?: string) {
  const version = given ?? versionIn((await app.inject(key)).body) ?? ''
  const client = await connect(app.sockets)
  const channel = await client.subscribeAndJoin(PageChannel, pageTopic(key), { version })
  return { client, channel, version }
}

describe('an open page', () => {
  it('is told how it changes, in the parts that changed', async (t) => {
    const site = await aSite(t)
    if (!site) return
    const { channel, version } = await open(site, EPISODE)

    await site.psql(`update episodes set title = 'By <hand>' where slug = 'full'`)

    const changed = await channel.assertPush('changed', { from: version })
    assert.match(changed.streams, /By &lt;hand&gt;/)
    assert.match(changed.title ?? '', /^By <hand>/)
    assert.equal(changed.version, versionIn((await site.app.inject(EPISODE)).body))
    t.diagnostic(`${changed.streams.length} characters`)
  })
})
