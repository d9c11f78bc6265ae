import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { describe, it } from 'node:test'
import { ROOT } from '../root.ts'
import { findTestFiles } from './test-files.ts'

const THIS = 'apps/cli/src/testing/test-files.test.ts'
const found = (...asked: string[]) => findTestFiles(asked).map((file) => relative(ROOT, file))

describe('findTestFiles', () => {
  it('finds every test when nothing was asked for', () => {
    const all = found()

    assert.ok(all.includes(THIS))
    assert.ok(all.some((file) => file.startsWith('e2e/')))
    assert.ok(all.some((file) => file.startsWith('packages/')))
    assert.ok(!all.some((file) => file.includes('node_modules')))
  })

  it('takes a file, a folder, a glob and part of a path', () => {
    assert.deepEqual(found(import.meta.filename), [THIS])
    assert.ok(found(import.meta.dirname).includes(THIS))
    assert.deepEqual(found('**/test-files.test.ts'), [THIS])
    assert.deepEqual(found('testing/test-files', THIS), [THIS])
  })

  it('refuses what matches nothing', () => {
    assert.throws(() => found('nothing-like-this'), /No test file matches "nothing-like-this"/)
  })
})
