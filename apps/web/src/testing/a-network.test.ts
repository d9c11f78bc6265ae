import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PageAddresses } from '../page-addresses.ts'
import { PAGES } from './a-network.ts'
import { routesOf } from './routes-of.ts'

/** The same rows as what it is called after, in other words or in several pieces. */
const isTwin = (url: string) => url.endsWith('/feed.json') || url.startsWith('/sitemap-')

describe('the network that kept pages are tested with', () => {
  it('has something at every address that is kept', async () => {
    const kept = (await routesOf('/')).filter(({ isKept }) => isKept)
    const routes = kept.map(({ url }) => ({ url, at: addressesOf(url) }))
    // The more of an address is written out, the more it is meant.
    const exactness = (url: string) => url.split('/').filter((part) => !part.startsWith(':')).length

    const visited = PAGES.map((page) => {
      const [best] = routes
        .filter(({ at }) => at.find(page))
        .toSorted((one, other) => exactness(other.url) - exactness(one.url))
      return best?.url
    })

    const missing = kept.filter(({ url }) => !visited.includes(url) && !isTwin(url))
    assert.deepEqual(
      missing.map(({ url }) => url),
      [],
    )
    assert.deepEqual(
      PAGES.filter((_, at) => visited[at] === undefined),
      [],
    )
    assert.ok(kept.length > 50, `${kept.length} kept`)
  })
})

function addressesOf(url: string): PageAddresses<string> {
  const addresses = new PageAddresses<string>()
  addresses.add(url, url)
  return addresses
}
