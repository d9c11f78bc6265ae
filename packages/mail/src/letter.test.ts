import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { letter } from './index.ts'

describe('letter', () => {
  it('says the same as text and as HTML', () => {
    const { text, html } = letter({
      from: 'Harbour Radio',
      language: 'en',
      title: 'Sign in',
      parts: ['Hello.', { button: 'Go', url: 'https://r.example/in/x?a=1&b=2' }, { small: 'Bye.' }],
    })

    assert.equal(
      text,
      'Sign in\n\nHello.\n\nGo:\nhttps://r.example/in/x?a=1&b=2\n\nBye.\n\n-- \nHarbour Radio\n',
    )
    assert.match(html, /<h1 dir="auto">Sign in<\/h1>\n<p dir="auto">Hello\.<\/p>/)
    assert.match(html, /<a class="button" href="https:\/\/r\.example\/in\/x\?a=1&amp;b=2">Go<\/a>/)
  })

  it('has links in its small print', () => {
    const url = 'https://r.example/u?a=1&b=2'
    const { text, html } = letter({
      from: 'R',
      title: 'T',
      language: 'en',
      parts: [{ link: 'Unsubscribe', url }],
    })

    assert.match(text, /\n\nUnsubscribe:\nhttps:\/\/r\.example\/u\?a=1&b=2\n/)
    assert.match(html, /<p class="small"><a href="[^"]+a=1&amp;b=2">Unsubscribe<\/a><\/p>/)
  })

  it('lets each part be read from where its words begin, and addresses from the left', () => {
    const title = 'مرحبا 🎧'
    const url = 'https://r.example/مرحبا'
    const { html } = letter({
      from: title,
      title,
      language: 'en',
      parts: [title, { small: title }, { button: title, url }],
    })

    const text = html.replaceAll(/<style>.*?<\/style>|<head>.*?<\/head>/gs, '')
    const around = Array.from(
      text.matchAll(/<(p|h1|span)([^>]*)>(?:Or copy|مرحبا|https)/g),
      ([, name, said]) => `${name}${said?.replace(/ class="\w+"/, '')}`,
    )
    assert.deepEqual(around, [
      'p dir="auto"',
      'h1 dir="auto"',
      'p dir="auto"',
      'p dir="auto"',
      'p',
      'span dir="ltr"',
    ])
  })

  it('takes what it is given for text', () => {
    const sly = '<img src=x onerror=alert(1)> "quoted" & more'

    const { html } = letter({
      from: sly,
      title: sly,
      language: 'en',
      parts: [sly, { button: sly, url: sly }],
    })

    assert.doesNotMatch(html, /<img|"quoted"/)
    assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt; &quot;quoted&quot; &amp; more/)
  })
})
