import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'

import { brokenLinks } from './links.ts'

describe('brokenLinks', () => {
  it('finds what leads to no file or no heading, and where it stands', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'links-'))
    t.after(() => rmSync(folder, { recursive: true }))
    writeFileSync(
      join(folder, 'a.md'),
      '# A · one\n[b](b.md#what-it-is)\n[gone](c.md) [web](https://x.y)',
    )
    writeFileSync(
      join(folder, 'b.md'),
      '# What it is?\n```ts\n# Not one\n```\n[a](a.md#a--one) [no](#not-one)',
    )

    assert.deepEqual(brokenLinks(folder, ['a.md', 'b.md']), ['a.md:3 c.md', 'b.md:5 #not-one'])
  })
})
