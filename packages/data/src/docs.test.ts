import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import { testDatabaseUrl } from './sandbox/env.ts'
import { openWorkshop, type Workshop } from './testing/docs/workshop.ts'

// Every TypeScript block of README.md and docs/*.md is part of a program: its page, from top to bottom. The pages are
// compiled together with the project's options, and each runs on a database of its own. What a line claims is held
// against what happens:
//
//   expression // => what console.log would print
//   expression // throws Name: how the message begins
//
// White space does not count, and … stands for anything. docs/README.md tells authors the rest.

let workshop: Workshop
before(() => (workshop = openWorkshop()))
after(() => workshop.close())

describe('the pages of the manual', () => {
  it('compile, and do not where they say so', async () => {
    assert.deepEqual(await workshop.compile(), [])
  })

  it('lead where they say', () => {
    assert.deepEqual(workshop.brokenLinks(), [])
  })

  it('run, and do what they say', async (t) => {
    const url = testDatabaseUrl()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    assert.equal((await workshop.run(url)).join('\n\n'), '')
  })
})
