import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { postDocument } from '../index.ts'
import { serve } from './local-server.ts'

const BODY = Buffer.from('{"a":"ü"}')
const allowPrivate = true

describe('postDocument', () => {
  it('sends the body as it is, with the headers, and gives what is answered', async (t) => {
    const taken: unknown[] = []
    const base = await serve(t, (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        taken.push([request.method, request.headers['x-mine'], Buffer.concat(chunks).toString()])
        response.writeHead(202).end('thanks')
      })
    })

    const posted = await postDocument(base, BODY, { allowPrivate, headers: { 'x-mine': 'yes' } })

    assert.deepEqual(taken, [['POST', 'yes', '{"a":"ü"}']])
    assert.deepEqual([posted.status, Buffer.from(posted.answer).toString()], [202, 'thanks'])
  })

  it('takes a redirect and an error for answers, and follows nothing', async (t) => {
    const asked: unknown[] = []
    const base = await serve(t, (request, response) => {
      asked.push(request.url)
      response.writeHead(request.url === '/away' ? 302 : 500, { location: '/there' }).end()
    })

    assert.equal((await postDocument(`${base}/away`, BODY, { allowPrivate })).status, 302)
    assert.equal((await postDocument(`${base}/broken`, BODY, { allowPrivate })).status, 500)
    assert.deepEqual(asked, ['/away', '/broken'])
  })

  it('reads no more of an answer than it says, and hangs up', async (t) => {
    const hungUp = Promise.withResolvers<void>()
    const base = await serve(t, (_request, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(10_000)));
      }
      response.on('drain', send).on('close', hungUp.resolve)
      send()
    })

    const { answer } = await postDocument(base, BODY, { allowPrivate })

    assert.equal(answer.length, 65_536)
    await hungUp.promise
  })

  it('waits no longer than it says, and reaches no private address', async (t) => {
    let reached = 0
    const base = await serve(t, () => void (reached += 1))

    await assert.rejects(postDocument(base, BODY, { allowPrivate, timeoutMs: 60 }), {
      code: 'timed-out',
    })
    await assert.rejects(postDocument(base, BODY), { code: 'private-address' })
    await assert.rejects(postDocument('http://localhost:1/', BODY), { code: 'private-address' })
    assert.equal(reached, 1)
  })
})
