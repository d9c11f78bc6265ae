import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { temporaryStorage } from '../testing/index.ts'

const PUTTING = join(import.meta.dirname, '../testing/keep-putting.ts')

/** Another process, killed so many milliseconds after it began. */
async function killedAfter(milliseconds: number, ...words: string[]): Promise<void> {
  const child = fork(PUTTING, words)
  await once(child, 'message')
  await setTimeout(milliseconds)
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('diskStorage, killed in the middle of a put', () => {
  it('has nothing of a new file', async (t) => {
    const { directory, head } = temporaryStorage(t)

    await killedAfter(20, directory, 'endless', 'x/one.mp3')

    assert.equal(await head('x/one.mp3'), undefined)
    assert.deepEqual(await readdir(join(directory, 'x')), [])
    assert.equal((await readdir(join(directory, '.parts'))).length, 1)
  })

  it('has one whole file out of many, with what was said of that one', async (t) => {
    const { directory, open } = temporaryStorage(t)

    for (const milliseconds of [0, 3, 10, 17, 31]) {
      await killedAfter(milliseconds, directory, 'in turn', 'x/one.mp3')
      const opened = await open('x/one.mp3')
      assert.ok(opened)
      const content = await buffer(opened.stream)
      const [letter = 0] = content
      assert.deepEqual(content, Buffer.alloc(content.length, letter))
      // The length tells the letter, and so does the name.
      assert.equal(content.length, 100_000 + letter)
      assert.equal(opened.stored.name, String.fromCharCode(letter))
    }
  })
})
