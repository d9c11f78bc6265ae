import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { limiter } from './limiter.ts'

function jobs() {
  const running: string[] = []
  const finish = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      running.push(name)
      finish.set(name, () => resolve(name))
    })
  return { running, work, finish: (name: string) => finish.get(name)?.() }
}

describe('limiter', () => {
  it('does so many at a time, lets so many wait in their order, and refuses the rest', async () => {
    const { running, work, finish } = jobs()
    const limited = limiter({ concurrency: 2, queue: 2 })

    const done = ['a', 'b', 'c', 'd'].map((name) => limited.run(work(name)))
    assert.equal(limited.run(work('e')), undefined)
    await setImmediate()
    assert.deepEqual([running, limited.load], [['a', 'b'], 4])
    finish('b')
    assert.equal(await done[1], 'b')
    await setImmediate()
    assert.deepEqual([running, limited.load], [['a', 'b', 'c'], 3])
  })

  it('goes on after one that fails', async () => {
    const limited = limiter({ concurrency: 1, queue: 1 })
    const failed = limited.run(() => Promise.reject(new Error('broken')))
    const next = limited.run(async () => 'fine')
    assert.ok(failed)

    await assert.rejects(failed, /broken/)
    assert.deepEqual([await next, limited.load], ['fine', 0])
  })

  it('never does more than it may, and forgets nobody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 5 }),
        fc.array(fc.nat({ max: 3 })),
        async (concurrency, queue, waits) => {
          const limited = limiter({ concurrency, queue })
          let [running, most, done] = [0, 0, 0]
          const taken = waits.map((ticks) =>
            limited.run(async () => {
              most = Math.max(most, ++running)
              for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
              running--
              done++
            }),
          )
          await Promise.all(taken.filter((one) => one !== undefined))

          const accepted = taken.filter((one) => one !== undefined).length
          assert.equal(accepted, Math.min(waits.length, concurrency + queue))
          assert.deepEqual([done, limited.load], [accepted, 0])
          assert.ok(most <= concurrency)
        },
      ),
    )
  })

  it('refuses limits that cannot be', () => {
    assert.throws(
      () => limiter({ concurrency: 0, queue: 1 }),
      /expected concurrency to be at least 1, got: 0/,
    )
    assert.throws(
      () => limiter({ concurrency: 1, queue: -1 }),
      /expected queue to be at least 0, got: -1/,
    )
  })
})
