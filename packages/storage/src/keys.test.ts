import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isKey, isLastingKey, newKey } from './index.ts'

describe('keys', () => {
  it('are names of files in folders, and lead nowhere else', () => {
    const good = ['one.mp3', 'episodes/42/one.mp3', 'a/b_c/-x~1..2.tar.gz', '0', 'A'.repeat(180)]
    const bad = ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/..', '../a', 'a/./b', '.a', 'a/.b']
    const strange = ['a b', 'ä', 'a\\b', 'a\0', 'a%2e', 'a:b', 'a?b', 'a\n', 'A'.repeat(181)]

    for (const key of good) assert.ok(isKey(key), key)
    for (const key of [...bad, ...strange]) assert.ok(!isKey(key), JSON.stringify(key))
    assert.ok(!isKey(Array(300).fill('a').join('/')))
  })

  it('that are new were never there, and what is under them stays', () => {
    const keys = Array.from({ length: 100 }, () => newKey('episodes/42', 'mp3'))

    assert.equal(new Set(keys).size, 100)
    for (const key of [...keys, newKey('a')]) assert.ok(isKey(key) && isLastingKey(key), key)
    for (const key of ['local-time/one.mp3', 'a', `x${'0'.repeat(32)}`, `${'0'.repeat(32)}/a`]) {
      assert.ok(!isLastingKey(key), key)
    }
  })
})
