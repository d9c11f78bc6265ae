import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localPath } from './local-path.ts'

describe('localPath', () => {
  it('is a path of this site, with its question', () => {
    assert.equal(localPath('/~/sessions?a=b'), '/~/sessions?a=b')
    assert.equal(localPath('/a/../b'), '/b')
  })

  it('is nothing that leads elsewhere', () => {
    for (const sly of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'x',
      '/\t/evil.example',
      // Tidied up it begins with two slashes, and names a host.
      '/.//evil.example',
      '/a/..//evil.example',
      '/%2e//evil.example/x?y',
      '',
    ]) {
      assert.equal(localPath(sly), undefined, sly)
    }
    assert.equal(localPath(undefined), undefined)
  })
})
