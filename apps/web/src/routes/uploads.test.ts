import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryStorage } from '@showrunner/storage/testing'
import { testApp } from '../testing/test-app.ts'
import { sandboxed } from '@showrunner/domain/testing'

describe('GET /uploads/*', () => {
  it(
    'sends sound in parts, so that a listener can jump',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { storage: uploads() })
      const url = '/uploads/show/one.mp3'

      const whole = await app.inject(url)
      const part = await app.inject({ url, headers: { range: 'bytes=2-4' } })
      const beyond = await app.inject({ url, headers: { range: 'bytes=99-' } })
      const head = await app.inject({ method: 'HEAD', url })

      assert.deepEqual([whole.statusCode, whole.body], [200, '0123456789'])
      assert.equal(whole.headers['content-type'], 'audio/mpeg')
      assert.deepEqual([part.statusCode, part.body], [206, '234'])
      assert.equal(part.headers['content-range'], 'bytes 2-4/10')
      assert.equal(beyond.statusCode, 416)
      assert.deepEqual(
        [head.statusCode, head.headers['content-length'], head.body],
        [200, '10', ''],
      )
    }),
  )

  it(
    'runs nothing of what somebody uploaded, and shows nothing beside it',
    sandboxed(async (repo) => {
      const app = await testApp(repo, { storage: uploads() })

      const drawing = await app.inject('/uploads/drawing.svg')
      const outside = await app.inject('/uploads/..%2f..%2fetc%2fpasswd')
      const folder = await app.inject('/uploads/show/')

      assert.match(
        String(drawing.headers['content-security-policy']),
        /default-src 'none'.*sandbox/,
      )
      assert.equal(drawing.headers['x-content-type-options'], 'nosniff')
      assert.ok([403, 404].includes(outside.statusCode))
      assert.ok([403, 404].includes(folder.statusCode))
    }),
  )
})

function uploads() {
  const { directory, ...storage } = temporaryStorage()
  mkdirSync(join(directory, 'show'))
  writeFileSync(join(directory, 'show/one.mp3'), '0123456789')
  writeFileSync(join(directory, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')

  return storage
}
