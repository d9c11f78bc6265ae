import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Drawings } from './drawings.ts'

const MEGABYTE = 1024 * 1024

describe('what is drawn', () => {
  it('is drawn once for all who ask, and kept', async () => {
    const drawings = new Drawings()
    let drawn = 0
    const draw = async () => {
      drawn += 1
      return Buffer.from('drawn')
    }

    await Promise.all([drawings.get('a', draw), drawings.get('a', draw)])
    await drawings.get('a', draw)

    assert.equal(drawn, 1)
  })

  it('goes when there is too much of it, what was asked for longest ago first', async () => {
    const drawings = new Drawings()
    const drawn: string[] = []
    const get = (key: string) =>
      drawings.get(key, async () => {
        drawn.push(key)
        return Buffer.alloc(10 * MEGABYTE)
      })

    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await get(key)

    assert.deepEqual(drawn, ['a', 'b', 'c', 'd', 'b'])
  })

  it('is drawn again after it failed, and two at a time', async () => {
    const drawings = new Drawings()
    let atOnce = 0
    let most = 0
    const draw = async () => {
      most = Math.max(most, (atOnce += 1))
      await new Promise((resolve) => setImmediate(resolve))
      atOnce -= 1
      throw new Error('no ink')
    }
    const failing = () =>
      Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => drawings.get(key, draw)))

    const failed = await failing()
    await failing()

    assert.ok(failed.every(({ status }) => status === 'rejected'))
    assert.equal(most, 2)
    assert.equal(String(await drawings.get('a', async () => Buffer.from('x'))), 'x')
  })
})
