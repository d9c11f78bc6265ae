import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readFeed } from '../index.ts'

const feed = (title: string, encoding?: string) =>
  `<?xml version="1.0"${encoding === undefined ? '' : ` encoding="${encoding}"`}?><rss><channel><title>${title}</title></channel></rss>`

const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()

async function titleOf(source: Uint8Array, charset?: string) {
  const { feed, warnings } = await readFeed(source, { charset: charset ?? null })
  return { title: feed.title, warnings: warnings.map(({ message }) => message) }
}

describe('readFeed: encodings', () => {
  it('reads UTF-8 and UTF-16, with and without a byte order mark', async () => {
    const title = 'Thé à quatre heures 🫖'

    for (const source of [
      Buffer.from(feed(title)),
      Buffer.from(`\ufeff${feed(title, 'utf-8')}`),
      utf16le(`\ufeff${feed(title, 'UTF-16')}`),
      utf16be(`\ufeff${feed(title)}`),
      utf16le(feed(title, 'UTF-16')),
      utf16be(feed(title)),
    ]) {
      assert.deepEqual(await titleOf(source), { title, warnings: [] })
    }
  })

  it('reads the encoding the first line names', async () => {
    const latin1 = Buffer.from(feed('Café', 'ISO-8859-1'), 'latin1')
    const windows = Buffer.from(feed('\x93Caf\xe9\x94', 'windows-1252'), 'latin1')

    assert.equal((await titleOf(latin1)).title, 'Café')
    assert.equal((await titleOf(windows)).title, '“Café”')
  })

  it('believes the server where the document says nothing, and the document where it does', async () => {
    assert.equal((await titleOf(Buffer.from(feed('Café'), 'latin1'), 'iso-8859-1')).title, 'Café')
    assert.equal((await titleOf(Buffer.from(feed('Café', 'utf-8')), 'koi8-r')).title, 'Café')
    assert.equal((await titleOf(Buffer.from(feed('Café')), 'no-such-thing')).title, 'Café')
    assert.equal((await titleOf(Buffer.from(feed('Café')), 'utf-16')).title, 'Café')
  })

  it('sees through a wrong label, and says so', async () => {
    const asLatin1 = await titleOf(Buffer.from(feed('Café', 'ISO-8859-1')))
    const asUtf16 = await titleOf(Buffer.from(feed('Café', 'utf-16')))

    assert.equal(asLatin1.title, 'Café')
    assert.match(asLatin1.warnings[0] ?? '', /says it is ISO-8859-1, but it is UTF-8/)
    assert.equal(asUtf16.title, 'Café')
    assert.match(asUtf16.warnings[0] ?? '', /says it is utf-16, which it is not/)
  })

  it('refuses bytes that are not in the encoding, and says where', async () => {
    const source = Buffer.from(feed('Café', 'utf-8'), 'latin1')
    const offset = source.indexOf(0xe9)

    await assert.rejects(readFeed(source), {
      code: 'wrong-encoding',
      message: new RegExp(
        `not valid UTF-8 at about byte (${offset}|${offset + 1}); save it as UTF-8`,
      ),
    })
    await assert.rejects(readFeed(Buffer.from(feed('x', 'klingon'))), {
      message: /encoding is "klingon"/,
    })
    await assert.rejects(readFeed(Buffer.from(`${feed('x')}é`).subarray(0, -1)), {
      code: 'wrong-encoding',
    })
  })

  it('reads the same whatever the pieces it arrives in', async () => {
    const source = Buffer.from(feed('Thé 🫖 &amp; ]]&gt; مرحبا'))
    const whole = await readFeed(source)

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (sizes) => {
          async function* pieces() {
            for (let at = 0, i = 0; at < source.length; i += 1) {
              const size = sizes[i % sizes.length]!
              yield source.subarray(at, at + size)
              at += size
            }
          }
          assert.deepEqual(await readFeed(pieces()), whole)
        },
      ),
    )
  })
})
