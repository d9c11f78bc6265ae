import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { fetchDocument, FetchError, type FetchErrorCode, type FetchOptions } from '../index.ts'
import { follow } from './follow.ts'
import { serve, serveRaw } from './local-server.ts'

const text = async (address: string, options: FetchOptions = {}) => {
  const fetched = await fetchDocument(address, { allowPrivate: true, ...options })
  assert.equal(fetched.status, 'fetched')
  return Buffer.from(fetched.body).toString()
}

async function failure(address: string, options: FetchOptions = {}) {
  const error = await fetchDocument(address, { allowPrivate: true, ...options }).then(
    () => assert.fail('it was fetched'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof FetchError, String(error))
  return error
}

async function fails(
  address: string,
  options: FetchOptions,
  code: FetchErrorCode,
  message: RegExp,
) {
  const error = await failure(address, options)
  assert.deepEqual([error.code, message.test(error.message)], [code, true], error.message)
}

describe('fetchDocument', () => {
  it('gives the body and what the server says of it', async (t) => {
    const base = await serve(t, (request, response) => {
      response.writeHead(200, { 'content-type': 'Text/VTT; charset="UTF-8"', etag: '"1"' })
      response.end(request.headers['user-agent'])
    })

    const fetched = await fetchDocument(`${base}/a.vtt#part`, { allowPrivate: true })

    assert.equal(fetched.status, 'fetched')
    assert.match(Buffer.from(fetched.body).toString(), /^Showrunner\//)
    assert.deepEqual(
      [fetched.url, fetched.permanentUrl, fetched.contentType, fetched.charset, fetched.etag],
      [`${base}/a.vtt`, null, 'text/vtt', 'UTF-8', '"1"'],
    )
  })

  it('asks whether anything has changed, and says when nothing has', async (t) => {
    const base = await serve(t, (request, response) => {
      const same =
        request.headers['if-none-match'] === '"1"' &&
        request.headers['if-modified-since'] === 'then'
      response.writeHead(same ? 304 : 200, { etag: '"1"' }).end()
    })
    const allowPrivate = true

    assert.equal(
      (await fetchDocument(base, { allowPrivate, etag: '"1"', lastModified: 'then' })).status,
      'unchanged',
    )
    assert.equal(
      (await fetchDocument(base, { allowPrivate, etag: '"2"', lastModified: 'then' })).status,
      'fetched',
    )
  })

  it('undoes every compression it asks for', async (t) => {
    const body = Buffer.from('tea at four '.repeat(1000))
    const bodies: Record<string, [string, Buffer]> = {
      '/gzip': ['gzip', gzipSync(body)],
      '/br': ['br', brotliCompressSync(body)],
      '/zlib': ['deflate', deflateSync(body)],
      '/raw': ['Deflate', deflateRawSync(body)],
      '/none': ['identity', body],
      '/zstd': ['zstd', body],
      '/lie': ['gzip', body],
      '/cut': ['gzip', gzipSync(body).subarray(0, 40)],
    }
    const base = await serve(t, (request, response) => {
      const [encoding, sent] = bodies[request.url ?? '']!
      response.writeHead(200, { 'content-encoding': encoding }).end(sent)
    })

    for (const path of ['/gzip', '/br', '/zlib', '/raw', '/none']) {
      assert.equal(await text(base + path), body.toString(), path)
    }
    await fails(`${base}/zstd`, {}, 'unknown-compression', /not asked for \("zstd"\)/)
    await fails(`${base}/lie`, {}, 'broken-off', /cannot be decompressed/)
    await fails(`${base}/cut`, {}, 'broken-off', /broke off before its end/)
  })

  it('says what a status means', async (t) => {
    const base = await serve(t, (request, response) =>
      response.writeHead(Number(request.url?.slice(1))).end(),
    )

    await fails(
      `${base}/404`,
      {},
      'http-status',
      /answered 404 Not Found: there is nothing at this address/,
    )
    await fails(`${base}/500`, {}, 'http-status', /answered 500 Internal Server Error$/)
    assert.equal((await failure(`${base}/429`)).status, 429)
  })

  it('says why no server answered', async (t) => {
    const base = await serve(t, (_request, response) => response.end())
    const port = Number(new URL(base).port)

    await fails(
      'http://no-such-host.invalid/',
      {},
      'unreachable',
      /^http:\/\/no-such-host\.invalid\/: /,
    )
    await fails(`https://127.0.0.1:${port}/`, {}, 'unreachable', /the request failed/)
    await fails('http://127.0.0.1:1/', {}, 'unreachable', /refuses connections/)
  })

  it('takes nothing but http and https addresses', async () => {
    await fails(
      'a.example/feed',
      {},
      'bad-address',
      /^"a\.example\/feed": .*begins with https:\/\//,
    )
    await fails('file:///etc/passwd', {}, 'bad-address', /no http or https address/)
    await fails('javascript:alert(1)', {}, 'bad-address', /no http or https address/)
  })

  it('never shows the password in an address', async (t) => {
    const base = await serve(t, (_request, response) => response.writeHead(404).end())

    const error = await failure(`${base.replace('http://', 'http://ann:secret@')}/feed`)

    assert.equal(error.address, `${base}/feed`)
    assert.doesNotMatch(`${error.message} ${error.stack}`, /secret/)
  })

  it('stops when it is no longer wanted', async (t) => {
    const wanted = new AbortController()
    const base = await serve(t, () => wanted.abort(new Error('never mind')))

    await assert.rejects(fetchDocument(base, { allowPrivate: true, signal: wanted.signal }), {
      message: 'never mind',
    })
    await assert.rejects(fetchDocument(base, { allowPrivate: true, signal: wanted.signal }), {
      message: 'never mind',
    })
  })
})

describe('fetchDocument: redirects', () => {
  it('follows them, and tells which are for good', async (t) => {
    const steps: Record<string, [number, string]> = {
      '/old': [301, '/moved'],
      '/moved': [308, 'new#x'],
      '/new': [302, '/today'],
      '/today': [301, '/end'],
    }
    const base = await serve(t, ({ url = '' }, response) => {
      const [status, location] = steps[url] ?? [200, '']
      response.writeHead(status, { location }).end(url)
    })

    const moved = await fetchDocument(`${base}/old`, { allowPrivate: true })
    const today = await fetchDocument(`${base}/new`, { allowPrivate: true })

    assert.deepEqual([moved.url, moved.permanentUrl], [`${base}/end`, `${base}/new`])
    assert.deepEqual([today.url, today.permanentUrl], [`${base}/end`, null])
  })

  it('names the circle they go round in', async (t) => {
    const base = await serve(t, ({ url }, response) => {
      response.writeHead(302, { location: url === '/a' ? '/b' : '/a' }).end()
    })

    await fails(
      `${base}/a`,
      {},
      'redirect-loop',
      new RegExp(`circle: ${base}/a → ${base}/b → ${base}/a$`),
    )
  })

  it('gives up after ten', async (t) => {
    let asked = 0
    const base = await serve(t, (_request, response) => {
      asked += 1
      response.writeHead(302, { location: `/${asked}` }).end()
    })

    await fails(base, {}, 'too-many-redirects', /more than 10 times/)
    assert.equal(asked, 11)
  })

  it('does not leave the web', async (t) => {
    const base = await serve(t, (_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )

    await fails(base, {}, 'bad-address', /redirects to "file:\/\/\/etc\/passwd", which is no http/)
  })

  it('checks every address on the way', async (t) => {
    let reached = 0
    const base = await serve(t, (request, response) => {
      reached += 1
      response.writeHead(302, { location: `http://127.0.0.2:${request.socket.localPort}/` }).end()
    })
    const mayReach = (address: string) => address === '127.0.0.1'
    const options = {
      headers: {},
      mayReach,
      connectMs: 1000,
      idleMs: 1000,
      stop: new AbortController(),
    }

    await assert.rejects(follow(new URL(base), options), {
      code: 'private-address',
      message: /127\.0\.0\.2 is not an address of the public/,
    })
    assert.equal(reached, 1)
  })
})

describe('fetchDocument: private addresses', () => {
  it('reaches none, however it is written, unless told to', async (t) => {
    let reached = 0
    const base = await serve(t, (_request, response) => {
      reached += 1
      response.end('secret')
    })
    const port = new URL(base).port
    const hosts = [
      '127.0.0.1',
      'localhost',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '169.254.169.254',
      '[fd00:ec2::254]',
      '10.0.0.1',
    ]

    for (const host of hosts) {
      await fails(
        `http://${host}:${port}/`,
        { allowPrivate: false },
        'private-address',
        /not an address of the public internet/,
      )
    }
    assert.equal(reached, 0)
    assert.equal(await text(base), 'secret')
  })
})

describe('fetchDocument: limits', () => {
  it('stops an endless answer at the limit, and hangs up', async (t) => {
    let sent = 0
    const hungUp = Promise.withResolvers<void>()
    const base = await serve(t, (_request, response) => {
      const chunk = Buffer.alloc(64_000)
      const send = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on('drain', send).on('close', hungUp.resolve)
      send()
    })

    await fails(base, { maxBytes: 1_000_000 }, 'too-large', /larger than 1 MB/)
    await hungUp.promise
    assert.ok(sent < 50_000_000, `${sent} bytes were sent`)
  })

  it('stops a compression bomb at the limit', async (t) => {
    const bomb = gzipSync(Buffer.alloc(30_000_000))
    assert.ok(bomb.length < 50_000)
    const base = await serve(t, (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )

    await fails(base, { maxBytes: 1_000_000 }, 'too-large', /larger than 1 MB/)
  })

  it('refuses at once what says it is too large', async (t) => {
    const address = await serveRaw(t, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n')
    })

    await fails(`http://${address}/`, {}, 'too-large', /larger than 50 MB/)
  })

  it('notices an answer that is shorter than it said', async (t) => {
    const address = await serveRaw(t, (socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort')
    })

    await fails(`http://${address}/`, {}, 'broken-off', /broke off before its end/)
  })

  it('does not wait for a server that says nothing', async (t) => {
    const base = await serve(t, () => {})

    await fails(base, { idleMs: 50 }, 'timed-out', /sent nothing for 0\.05 seconds/)
  })

  it('does not wait for a server that falls silent', async (t) => {
    const base = await serve(t, (_request, response) => response.write('so far'))

    await fails(base, { idleMs: 50 }, 'timed-out', /sent nothing for 0\.05 seconds/)
  })

  it('does not wait for a connection that never opens', async (t) => {
    const address = await serveRaw(t, () => {})

    await fails(
      `https://${address}/`,
      { connectMs: 50 },
      'timed-out',
      /no connection within 0\.05 seconds/,
    )
  })

  it('does not wait for an answer that drips', async (t) => {
    const base = await serve(t, (_request, response) => {
      const drip = setInterval(() => response.write('.'), 5)
      void once(response, 'close').then(() => clearInterval(drip))
    })

    await fails(base, { timeoutMs: 100, idleMs: 5000 }, 'timed-out', /not done within 0\.1 seconds/)
  })
})
