import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fetchFeed } from '../index.ts'
import { serve } from './local-server.ts'

const rss = (inside: string) =>
  `<rss version="2.0"><channel><title>Café</title>${inside}</channel></rss>`
const allowPrivate = true

describe('fetchFeed', () => {
  it('reads a feed, with its addresses taken from where it was found', async (t) => {
    const base = await serve(t, (request, response) => {
      if (request.url === '/feed') return response.writeHead(301, { location: '/shows/feed' }).end()
      response.setHeader('content-type', 'text/xml; charset=iso-8859-1')
      return response.end(
        Buffer.from(
          rss('<item><guid>1</guid><title>One</title><enclosure url="1.mp3"/></item>'),
          'latin1',
        ),
      )
    })

    const fetched = await fetchFeed(`${base}/feed`, { allowPrivate })

    assert.equal(fetched.status, 'fetched')
    assert.equal(fetched.feed.title, 'Café')
    assert.equal(fetched.feed.items[0]?.enclosure?.url, `${base}/shows/1.mp3`)
    assert.equal(fetched.permanentUrl, `${base}/shows/feed`)
  })

  it('says when nothing has changed', async (t) => {
    const base = await serve(t, (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end(rss(''))
    })

    assert.equal((await fetchFeed(base, { allowPrivate, etag: '"1"' })).status, 'unchanged')
    assert.equal((await fetchFeed(base, { allowPrivate })).status, 'fetched')
  })

  it('names the address of what it cannot read', async (t) => {
    const base = await serve(t, (_request, response) =>
      response.end('<html><body>Hello</body></html>'),
    )

    await assert.rejects(fetchFeed(`${base}/feed`, { allowPrivate }), {
      name: 'FeedError',
      code: 'not-a-feed',
      message: `${base}/feed: this is a web page (HTML), not a feed`,
    })
  })

  it('hangs up on an endless feed as soon as it cannot be read', async (t) => {
    let hungUp = 0
    const all = Promise.withResolvers<void>()
    const base = await serve(t, ({ url }, response) => {
      const item = url === '/broken' ? '<item></itme>' : '<item></item>'
      const send = () => {
        while (!response.destroyed && response.write(item.repeat(1000))) continue
      }
      response.on('drain', send).on('close', () => {
        hungUp += 1
        if (hungUp === 3) all.resolve()
      })
      if (url === '/klingon') response.write('<?xml version="1.0" encoding="klingon"?>')
      response.write('<rss><channel><title>Endless</title>')
      send()
    })

    await assert.rejects(fetchFeed(`${base}/broken`, { allowPrivate }), { code: 'not-well-formed' })
    await assert.rejects(fetchFeed(base, { allowPrivate, maxBytes: 100_000 }), {
      code: 'too-large',
    })
    await assert.rejects(fetchFeed(`${base}/klingon`, { allowPrivate }), {
      code: 'wrong-encoding',
    })
    await all.promise
  })
})
