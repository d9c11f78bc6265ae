import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stepsOn } from './steps.ts'

function printed() {
  let text = ''
  return { steps: stepsOn((more) => (text += more)), text: () => text.replace(/\d+\.\d s/g, 'n s') }
}

describe('steps', () => {
  it('say what is being done before it is done, and how long it took', async () => {
    const { steps, text } = printed()

    const result = await steps.step('Migrating', async () => {
      assert.equal(text(), 'Migrating …')
      return 7
    })

    assert.equal(result, 7)
    assert.equal(text(), 'Migrating … n s\n')
  })

  it('leave a line of its own to what is said in the middle', async () => {
    const { steps, text } = printed()

    await steps.step('Starting', async () => steps.say('Careful.'))

    assert.equal(text(), 'Starting …\nCareful.\nStarting: n s\n')
  })

  it('end the line when they fail', async () => {
    const { steps, text } = printed()

    await assert.rejects(steps.step('Failing', () => Promise.reject(new Error('no'))))

    assert.equal(text(), 'Failing …\n')
  })
})
