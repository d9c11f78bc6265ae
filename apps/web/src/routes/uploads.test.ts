import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { sandboxed } from '@showrunner/domain/testing'
import { newKey, s3Storage, type Storage } from '@showrunner/storage'
import { fakeS3, temporaryStorage } from '@showrunner/storage/testing'
import * as fc from 'fast-check'
import { type FastifyInstance } from 'fastify'
import { testApp } from '../testing/test-app.ts'

const URL = '/uploads/show/one.mp3'
const DIGITS = '0123456789'
const VARYING = ['date', 'connection', 'keep-alive']

/** A storage whose files were there before it, as those of the demo network. */
function withFiles(t: TestContext) {
  const { directory, ...storage } = temporaryStorage(t)
  mkdirSync(join(directory, 'show'))
  writeFileSync(join(directory, 'show/one.mp3'), DIGITS)
  writeFileSync(join(directory, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  return storage
}

/** The site over a folder with files, for a test of what it answers. */
const served = (test: (app: FastifyInstance, t: TestContext, storage: Storage) => Promise<void>) =>
  sandboxed(async (repo, t) => {
    const storage = withFiles(t)
    await test(await testApp(repo, { storage }), t, storage)
  })

describe('GET /uploads/*', () => {
  it(
    'sends sound in parts, so that a listener can jump',
    served(async (app) => {
      const ask = async (range?: string) => {
        const headers = range === undefined ? {} : { range }
        const { statusCode, body, headers: said } = await app.inject({ url: URL, headers })
        return [statusCode, statusCode === 416 ? '' : body, said['content-range']]
      }

      assert.deepEqual(await ask(), [200, DIGITS, undefined])
      assert.deepEqual(await ask('bytes=2-4'), [206, '234', 'bytes 2-4/10'])
      assert.deepEqual(await ask('bytes=7-'), [206, '789', 'bytes 7-9/10'])
      assert.deepEqual(await ask('bytes=7-99999999999999999999'), [206, '789', 'bytes 7-9/10'])
      assert.deepEqual(await ask('bytes=-3'), [206, '789', 'bytes 7-9/10'])
      assert.deepEqual(await ask('bytes=-30'), [206, DIGITS, 'bytes 0-9/10'])
      for (const beyond of ['bytes=10-', 'bytes=99-120', 'bytes=-0']) {
        assert.deepEqual(await ask(beyond), [416, '', 'bytes */10'], beyond)
      }
      const unreadable = ['bytes=4-2', 'bytes=-', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=a-b', '']
      for (const range of unreadable) {
        assert.deepEqual(await ask(range), [200, DIGITS, undefined], range)
      }
    }),
  )

  it(
    'sends any range as the bytes have it, whatever the header says',
    served(async (app, _t, storage) => {
      const limit = fc.oneof(fc.nat({ max: 300 }), fc.constant(''))
      const ranges = fc.oneof(
        fc.tuple(limit, limit).map(([from, to]) => `bytes=${from}-${to}`),
        fc.string().filter((text) => /^[\x20-\x7e]*$/.test(text)),
      )
      const bodies = fc.uint8Array({ maxLength: 200 })

      await fc.assert(
        fc.asyncProperty(bodies, ranges, async (body, range) => {
          await storage.put('law.bin', Readable.from([Buffer.from(body)]), { type: 'audio/mpeg' })
          const { statusCode, rawPayload, headers } = await app.inject({
            url: '/uploads/law.bin',
            headers: { range },
          })
          if (statusCode === 200) return assert.ok(rawPayload.equals(body))
          const [, from = '', to = '', bytes = ''] =
            /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(String(headers['content-range'])) ?? []
          assert.equal(Number(bytes), body.length)
          if (statusCode === 416) return
          assert.equal(statusCode, 206)
          assert.deepEqual([...rawPayload], [...body.subarray(Number(from), Number(to) + 1)])
          assert.equal(headers['content-length'], String(rawPayload.length))
        }),
        { numRuns: 50 },
      )
    }),
  )

  it(
    'says the same of a file whether it sends it or not',
    served(async (app, _t, storage) => {
      const key = newKey('episodes/42', 'mp3')
      await storage.put(key, Readable.from(['x']), { type: 'audio/mpeg', name: 'Ä (1).mp3' })

      for (const url of [URL, `/uploads/${key}`, '/uploads/drawing.svg']) {
        const [whole, head] = [await app.inject(url), await app.inject({ method: 'HEAD', url })]
        assert.deepEqual([head.statusCode, head.body], [200, ''])
        assert.deepEqual(without(VARYING, head.headers), without(VARYING, whole.headers))
      }
      const { headers } = await app.inject({ method: 'HEAD', url: URL })
      assert.equal(headers['content-type'], 'audio/mpeg')
      assert.equal(headers['content-length'], '10')
      assert.equal(headers['accept-ranges'], 'bytes')
      assert.equal(headers['cache-control'], 'public, max-age=3600')
      const lasting = (await app.inject({ method: 'HEAD', url: `/uploads/${key}` })).headers
      assert.equal(lasting['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(lasting['content-disposition'], "inline; filename*=UTF-8''%C3%84%20%281%29.mp3")
    }),
  )

  it(
    'does not open a file for who only asks about it',
    sandboxed(async (repo, t) => {
      const storage = withFiles(t)
      const open = () => Promise.reject(new Error('opened'))
      const app = await testApp(repo, { storage: { ...storage, open } })
      const head = await app.inject({ method: 'HEAD', url: URL })
      const known = { 'if-none-match': String(head.headers.etag) }

      assert.equal(head.statusCode, 200)
      assert.equal((await app.inject({ url: URL, headers: known })).statusCode, 304)
      assert.equal(
        (await app.inject({ url: URL, headers: { range: 'bytes=99-' } })).statusCode,
        416,
      )
      const failed = await app.inject(URL)
      assert.equal(failed.statusCode, 500)
      assert.notEqual(failed.headers.etag, head.headers.etag)
      assert.doesNotMatch(String(failed.headers['cache-control']), /max-age/)
    }),
  )

  it(
    'is not sent again to who has it, and goes on for who has a part of it',
    served(async (app) => {
      const { headers } = await app.inject({ method: 'HEAD', url: URL })
      const [etag, date] = [String(headers.etag), String(headers['last-modified'])]
      const ask = async (asked: Record<string, string>) => {
        const { statusCode, body } = await app.inject({ url: URL, headers: asked })
        return [statusCode, body]
      }

      assert.match(etag, /^"[\w-]+"$/)
      assert.deepEqual(await ask({ 'if-none-match': `"x", ${etag}` }), [304, ''])
      assert.deepEqual(await ask({ 'if-modified-since': date }), [304, ''])
      assert.deepEqual(await ask({ 'if-none-match': '"x"', 'if-modified-since': date }), [
        200,
        DIGITS,
      ])
      const range = 'bytes=8-'
      for (const known of [etag, date]) {
        assert.deepEqual(await ask({ range, 'if-range': known }), [206, '89'])
      }
      const others = ['"x"', `W/${etag}`, 'Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday']
      for (const other of others) {
        assert.deepEqual(await ask({ range, 'if-range': other }), [200, DIGITS])
      }
    }),
  )

  it(
    'runs nothing of what somebody uploaded, and shows nothing beside it',
    served(async (app) => {
      const drawing = await app.inject('/uploads/drawing.svg')

      assert.equal(drawing.headers['content-type'], 'image/svg+xml')
      assert.match(
        String(drawing.headers['content-security-policy']),
        /default-src 'none'.*sandbox/,
      )
      assert.equal(drawing.headers['x-content-type-options'], 'nosniff')
      const elsewhere = [
        '..%2f..%2fetc%2fpasswd',
        '%2e%2e/x',
        '.parts/x',
        'show',
        'show%00',
        '%2fetc',
      ]
      for (const path of [...elsewhere, 'nothing.mp3', '.parts', 'x'.repeat(600)]) {
        const { statusCode, body, headers } = await app.inject(`/uploads/${path}`)
        assert.equal(statusCode, 404, path)
        assert.match(body, /Not found/, path)
        assert.doesNotMatch(String(headers['cache-control']), /max-age/)
      }
      assert.equal((await app.inject('/uploads/show/')).headers.location, '/uploads/show')
    }),
  )

  it(
    'stops reading when the listener goes away',
    sandboxed(async (repo, t) => {
      const storage = temporaryStorage(t)
      await storage.put('long.mp3', Readable.from(['x']), { type: 'audio/mpeg' })
      const endless = Readable.from(bytesWithoutEnd())
      const open: Storage['open'] = async (key) => {
        const stored = await storage.head(key)
        return stored && { stream: endless, stored, range: undefined }
      }
      const bytes = 1e12
      const head: Storage['head'] = async (key) => {
        const stored = await storage.head(key)
        return stored && { ...stored, bytes }
      }
      const app = await testApp(repo, { storage: { ...storage, open, head } })
      t.after(() => app.close())
      const address = await app.listen({ port: 0, host: '127.0.0.1' })

      const [response] = (await once(get(`${address}/uploads/long.mp3`), 'response')) as [
        IncomingMessage,
      ]
      await once(response, 'readable')
      response.destroy()
      await once(endless, 'close')

      assert.ok(endless.destroyed)
    }),
  )

  it(
    'comes from a private bucket, in parts too',
    sandboxed(async (repo, t) => {
      const { options, requests } = await fakeS3(t)
      const storage = s3Storage(options)
      await storage.put('show/one.mp3', Readable.from([DIGITS]), { type: 'audio/mpeg', name: '1' })
      const app = await testApp(repo, { storage })

      const part = await app.inject({ url: URL, headers: { range: 'bytes=-2' } })
      const before = requests.length
      const head = await app.inject({ method: 'HEAD', url: URL })

      assert.deepEqual([part.statusCode, part.body], [206, '89'])
      assert.equal(part.headers['content-range'], 'bytes 8-9/10')
      assert.equal(head.headers['content-length'], '10')
      assert.deepEqual(requests.slice(before), ['HEAD /podcasts/show/one.mp3'])
      assert.equal((await app.inject('/uploads/two.mp3')).statusCode, 404)
    }),
  )

  it(
    'is somewhere else when everybody may get it there',
    sandboxed(async (repo, t) => {
      const storage = withFiles(t)
      const app = await testApp(repo, { storage, storagePublicUrl: 'https://files.example/a' })

      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, headers } = await app.inject({ method, url: URL })
        assert.equal(statusCode, 302)
        assert.equal(headers.location, 'https://files.example/a/show/one.mp3')
        assert.equal(headers['access-control-allow-origin'], '*')
      }
      assert.equal((await app.inject('/uploads/..%2fx')).statusCode, 404)
    }),
  )
})

function without(names: readonly string[], headers: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}

function* bytesWithoutEnd() {
  for (;;) yield Buffer.alloc(64_000)
}
