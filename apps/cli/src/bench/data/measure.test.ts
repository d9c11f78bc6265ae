import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { measure } from './measure.ts'

describe('measure', () => {
  it('does the work so many times at once, and counts what it finishes', async () => {
    let underWay = 0
    let most = 0
    let done = 0
    const work = async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay -= 1
      done += 1
    }
    const { perSecond, cpu } = await measure(work, { seconds: 0.01, together: 3 })

    assert.equal(most, 3)
    assert.equal(underWay, 0)
    assert.ok(perSecond > 0 && perSecond <= done / 0.01, `${perSecond} a second, ${done} in all`)
    assert.ok(cpu > 0)
  })

  it('passes on what the work throws', async () => {
    const failing = () => Promise.reject(new Error('no'))
    await assert.rejects(measure(failing, { seconds: 0.01, together: 2 }), /no/)
  })
})
