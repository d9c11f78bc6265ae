import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, it } from 'node:test'
import { type Read, type Repo } from '@showrunner/data'
import { type Change } from './change.ts'
import { PageCache } from './page-cache.ts'

/** One cell of each table, whose every read waits until it is let go on, once it has looked. */
function tables(rows: Record<string, string>) {
  const recorders = new AsyncLocalStorage<Read[]>()
  const waiting: (() => void)[] = []
  let isHeldUp = false
  const repo = {
    recorded: <T>(reads: Read[], work: () => T) => recorders.run(reads, work),
  } as unknown as Repo
  const cache = new PageCache({ repo })
  cache.listening(new Set(Object.keys(rows)))
  return {
    cache,
    read: async (table: string): Promise<string> => {
      recorders.getStore()?.push({ table, scopes: [], moments: [] })
      const seen = rows[table] ?? ''
      if (isHeldUp) await new Promise<void>((resolve) => waiting.push(resolve))
      return seen
    },
    change: (table: string, value: string): void => {
      rows[table] = value
      cache.changed({ table, values: undefined } satisfies Change)
    },
    holdUp: (): void => {
      isHeldUp = true
    },
    letOneGo: (): void => {
      waiting.shift()?.()
    },
    goOn: (): void => {
      isHeldUp = false
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('what many pages show', () => {
  it('that changes while it is read for the first time is read again', async () => {
    const { cache, read, change, holdUp, goOn } = tables({ settings: 'before' })
    const page = () =>
      cache.get('/', async () => Buffer.from(await cache.value('site', () => read('settings'))))
    holdUp()
    const first = page()
    await turn()

    change('settings', 'after')
    goOn()

    assert.equal((await first).body.toString(), 'after')
    assert.equal((await page()).body.toString(), 'after')
  })

  it('that changes in what it was not read from before, while it is read, is read again', async () => {
    const { cache, read, change, holdUp, letOneGo, goOn } = tables({
      settings: 'a',
      a: 'A',
      b: 'B',
    })
    const page = () =>
      cache.get('/', async () =>
        Buffer.from(await cache.value('site', async () => read(await read('settings')))),
      )
    await page()
    change('settings', 'b')
    holdUp()
    const next = page()
    await turn()
    letOneGo()
    await turn()

    change('b', 'Another B')
    goOn()

    assert.equal((await next).body.toString(), 'Another B')
    assert.equal((await page()).body.toString(), 'Another B')
  })

  it('and was another when a page was done than when it asked for it, has the page made again', async () => {
    const { cache, read, change, holdUp, goOn } = tables({ settings: 'before', episodes: 'Tides' })
    const site = () => cache.value('site', () => read('settings'))
    const slow = () =>
      cache.get('/tides', async () => Buffer.from(`${await site()} ${await read('episodes')}`))
    await cache.get('/', async () => Buffer.from(await site()))
    holdUp()
    const asked = slow()
    await turn()

    change('settings', 'after')
    const others = cache.get('/about', async () => Buffer.from(await site()))
    await turn()
    goOn()
    await others

    assert.equal((await asked).body.toString(), 'after Tides')
    assert.equal((await slow()).body.toString(), 'after Tides')
  })
})

describe('a page', () => {
  it('of which a row changes while it is made is made again', async () => {
    const { cache, read, change, holdUp, goOn } = tables({ episodes: 'Tides' })
    const page = () => cache.get('/tides', async () => Buffer.from(await read('episodes')))
    holdUp()
    const first = page()
    await turn()

    change('episodes', 'High tides')
    goOn()

    assert.equal((await first).body.toString(), 'High tides')
    assert.equal(cache.counters.renders, 2)
    assert.equal((await page()).body.toString(), 'High tides')
    assert.equal(cache.counters.renders, 2)
  })
})
