import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { FeedError, readFeed, readFeedFile, type FeedErrorCode } from '../index.ts'

const AUDIO = '<enclosure url="https://a.example/1.mp3"/>'
const rss = (inside: string) =>
  `<rss version="2.0"><channel><title>Tea</title>${inside}</channel></rss>`

async function refusal(
  source: Parameters<typeof readFeed>[0],
  options?: Parameters<typeof readFeed>[1],
) {
  const error = await readFeed(source, options).then(
    () => assert.fail('it was read'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof FeedError, String(error))
  return error
}

async function refused(
  source: Parameters<typeof readFeed>[0],
  code: FeedErrorCode,
  message: RegExp,
) {
  const error = await refusal(source)
  assert.deepEqual([error.code, message.test(error.message)], [code, true], error.message)
}

describe('readFeed: what is not a feed', () => {
  it('says what it is instead', async () => {
    await refused('', 'empty', /is empty/)
    await refused(' \n ', 'empty', /is empty/)
    await refused('{"version": "https://jsonfeed.org/version/1.1"}', 'not-a-feed', /this is JSON/)
    await refused('ID3\u0004 tag', 'not-a-feed', /text that begins with "ID3/)
    await refused('<feed xmlns="http://www.w3.org/2005/Atom"/>', 'not-a-feed', /an Atom feed/)
    await refused('<opml/>', 'not-a-feed', /an OPML list/)
    await refused('<?xml version="1.0"?><svg/>', 'not-a-feed', /another kind \(<svg>\)/)
    await refused('<rss version="2.0"></rss>', 'not-a-feed', /has no <channel>/)
    await refused('<rss><channel><title> </title></channel></rss>', 'not-a-feed', /has no <title>/)
  })

  it('names the feed that a web page points to', async () => {
    const page =
      '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="https://a.example/feed"></head>'

    await refused(
      page,
      'not-a-feed',
      /a web page \(HTML\), not a feed; the page names this feed: https:\/\/a\.example\/feed/,
    )
    await refused('<html><body>404</body></html>', 'not-a-feed', /a web page/)
    await refused('<!doctype html><p>404', 'not-a-feed', /a web page/)
  })
})

describe('readFeed: broken XML', () => {
  it('says what is broken, and in which line', async () => {
    const error = await refusal(rss('\n<item>\n<title>Tea</titel></item>'))

    assert.equal(error.code, 'not-well-formed')
    assert.match(error.message, /not well-formed XML: unexpected close tag .* \(line 3, column/)
    assert.equal(error.place?.line, 3)
  })

  it('points to the element that holds a bare ampersand', async () => {
    const hint =
      /in the <title> that begins in line 2.*"&" that stands for itself must be written "&amp;"/
    const bare = '\n<item><title>Tea & cake</title></item>'

    await refused(rss(bare), 'not-well-formed', hint)
    await refused(rss(`${bare}\n\n<item><title>a; b</title></item>`), 'not-well-formed', hint)
  })

  it('says where a document breaks off', async () => {
    await refused(
      rss('<item>').slice(0, 60),
      'not-well-formed',
      /breaks off in the <item> that begins in line 1/,
    )
    await refused(rss('').replace('</channel>', ''), 'not-well-formed', /unexpected close tag/)
  })

  it('passes over blank lines before the XML declaration, and counts them', async () => {
    const { feed } = await readFeed(`\ufeff\n \n<?xml version="1.0"?>${rss('')}`)
    assert.equal(feed.title, 'Tea')

    assert.equal((await refusal(`\n\n${rss('<item></itme>')}`)).place?.line, 3)
  })

  it('refuses control characters and entities nobody declared', async () => {
    await refused(rss('\u0007'), 'not-well-formed', /disallowed character/)
    await refused(rss('&constructor;'), 'not-well-formed', /undefined entity/)
    await refused(rss('&__proto__;'), 'not-well-formed', /undefined entity/)
  })
})

describe('readFeed: attacks', () => {
  it('refuses entity bombs and external entities, and loads nothing', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${rss('&b;')}`
    const external = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${rss('<description>&e;</description>')}`
    const parameter = `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://a.example/evil.dtd"> %p;]>${rss('')}`

    await refused(bomb, 'forbidden-markup', /declares entities of its own/)
    await refused(external, 'forbidden-markup', /declares entities of its own/)
    await refused(parameter, 'forbidden-markup', /declares entities of its own/)
  })

  it('reads a feed with the harmless DOCTYPE of RSS 0.91, loading nothing', async () => {
    const { feed, warnings } = await readFeed(
      `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://a.invalid/rss.dtd">${rss('')}`,
    )

    assert.equal(feed.title, 'Tea')
    assert.match(warnings[0]?.message ?? '', /DOCTYPE was ignored/)
  })

  it('refuses more of anything than a podcast has', async () => {
    const tooLarge = async (inside: string, limits: object, message: RegExp) => {
      const error = await refusal(rss(inside), { limits })
      assert.deepEqual(
        [error.code, message.test(error.message)],
        ['too-large', true],
        error.message,
      )
    }

    await tooLarge('<a>'.repeat(70), {}, /nests elements more than 60 deep/)
    await tooLarge('<a/>'.repeat(11), { elements: 10 }, /more than 10 elements/)
    await tooLarge(`<item>${AUDIO}</item>`.repeat(4), { items: 3 }, /more than 3 items/)
    await tooLarge(
      `<item><title>${'x'.repeat(101)}</title></item>`,
      { text: 100 },
      /100 characters in one <title>/,
    )
    await tooLarge(
      `<a ${Array.from({ length: 300 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      {},
      /one element more than 200 attributes/,
    )
    await tooLarge(' '.repeat(2000), { bytes: 1000 }, /larger than 0.001 MB/)
  })

  it('stops reading an endless stream at the limit', async () => {
    let sent = 0
    async function* endless() {
      yield Buffer.from('<rss><channel><title>Tea</title>')
      for (;;) {
        sent += 65_000
        yield Buffer.from('<item></item>'.repeat(5000))
      }
    }

    const error = await refusal(endless(), { limits: { bytes: 1_000_000, items: 1e9 } })

    assert.equal(error.code, 'too-large')
    assert.ok(sent < 1_200_000, `it took ${sent} bytes`)
  })

  it('ends whatever it is given with a feed or a FeedError', async () => {
    const markup = fc.constantFrom(
      '<rss>',
      '<channel>',
      '<item>',
      '</item>',
      '</channel>',
      '</rss>',
      '<title>x</title>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '&#0;',
      '<enclosure url="https://a.example/1"/>',
      '<?xml version="1.0"?>',
      '\u0000',
      'x',
      '<a b=',
    )

    await fc.assert(
      fc.asyncProperty(
        fc.array(markup, { maxLength: 20 }),
        fc.uint8Array({ maxLength: 8 }),
        async (parts, junk) => {
          const source = Buffer.concat([Buffer.from(parts.join('')), junk])
          await readFeed(source).catch((error: unknown) =>
            assert.ok(error instanceof FeedError, String(error)),
          )
        },
      ),
    )
  })
})

describe('readFeedFile', () => {
  it('names the file in every message', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'feeds-'))
    t.after(() => rm(folder, { recursive: true }))
    const path = join(folder, 'broken.xml')
    await writeFile(path, '<rss><channel>')

    await assert.rejects(readFeedFile(path), {
      code: 'not-well-formed',
      message: /^broken\.xml: the document breaks off/,
    })
    await assert.rejects(readFeedFile(join(folder, 'none.xml')), {
      code: 'unreadable',
      message: /^none\.xml: .*ENOENT/,
    })
    await assert.rejects(readFeedFile(folder), { code: 'unreadable', message: /EISDIR/ })
  })
})
