import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { renderTalk } from '../markup/index.ts'
import { handlesIn, linkMentions } from './mentions.ts'

const addressOf = (handle: string) => `/person/${handle}`
const named = (body: string) => handlesIn(renderTalk(body) ?? '')
const linked = (body: string) => linkMentions(renderTalk(body) ?? '', addressOf)
const LINK = /<a href="\/person\/[a-z0-9_-]+">(@[^<]*)<\/a>/g

const handle = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/)
/** Comments as people write them, with what Markdown makes something of between the names. */
const piece = fc.oneof(
  handle.map((name) => `@${name}`),
  fc.emailAddress(),
  fc.constantFrom('*', '**', '_', '`', '``', '```\n', '\n', '\n\n', '- ', '> ', '[', '](/x)', '&'),
  fc.constantFrom('https://a.example/@b', '<', '>', '@', ' ', '.', '/', '\\', '"', 'é', '<a href='),
  fc.string(),
)
const body = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('who is named in a comment', () => {
  it('is whoever stands as @handle, in capitals, in bold, in a quote, at the end of a sentence, once', () => {
    assert.deepEqual(named('@ada, (@Bob)! **@eve** @dan.\n\n> @fay\n\n- @ada_b’s @gus-'), [
      'ada',
      'bob',
      'eve',
      'dan',
      'fay',
      'ada_b',
      'gus',
    ])
  })

  it('is nobody in code, links, addresses, paths and names of elsewhere', () => {
    for (const said of [
      '`@ada`',
      '```\n@ada\n```',
      '[@ada](https://x.example)',
      'https://x.example/@ada',
      'ada@bob',
      '@ada@server.example',
      '@ada:server.example',
      '@ada.example',
      '@types/node',
      'x.example/@ada',
      '@ada**b**',
      'éclair@ada',
      '@adaé',
    ])
      assert.deepEqual(named(said), [], said)
  })

  it('is at most twenty', () => {
    const many = Array.from({ length: 30 }, (_, at) => `@a${at}`).join(' ')
    assert.equal(named(many).length, 20)
    assert.equal(linked(many).match(LINK)?.length, 20)
  })
})

describe('a link to who is named', () => {
  it('stands around the name as it was typed, and only where there is an address', () => {
    const html = '<p>@Ada and @bob</p>'
    assert.equal(
      linkMentions(html, (said) => (said === 'ada' ? '/person/ada' : undefined)),
      '<p><a href="/person/ada">@Ada</a> and @bob</p>',
    )
  })

  it('changes nothing else, whatever is written: no tag, no code, no other link', () => {
    fc.assert(
      fc.property(body, (said) => {
        const html = renderTalk(said) ?? ''
        const shown = linkMentions(html, addressOf)
        assert.equal(shown.replace(LINK, '$1'), html)
        // Links in links would be the second half of a tag: none opens before the last one has closed.
        assert.doesNotMatch(shown, /<a\b(?:(?!<\/a>).)*<a\b/s)
        assert.deepEqual(shown.match(/<code>.*?<\/code>/gs), html.match(/<code>.*?<\/code>/gs))
        const left = new Set(handlesIn(shown))
        assert.ok(handlesIn(html).every((name) => !left.has(name)))
      }),
    )
  })

  it('is there for exactly who is named', () => {
    fc.assert(
      fc.property(body, (said) => {
        const links = [...linked(said).matchAll(LINK)].map(([, name = '']) => name.slice(1))
        const told = new Set(links.map((name) => name.toLowerCase()))
        assert.deepEqual([...told], named(said))
      }),
    )
  })

  it('makes no e-mail address a name', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        assert.deepEqual(handlesIn(`<p>${address.replaceAll('&', '&amp;')}</p>`), [])
      }),
    )
  })
})
