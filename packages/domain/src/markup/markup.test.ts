import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plainText, renderMarkup, textToHtml, withFullAddresses } from './index.ts'

describe('renderMarkup', () => {
  it('renders Markdown in which HTML stands', () => {
    assert.equal(
      renderMarkup('# News\n\n**Bold** and <kbd>key</kbd>'),
      '<h2>News</h2>\n<p><strong>Bold</strong> and <kbd>key</kbd></p>',
    )
  })

  it('leaves a text that is HTML from end to end to HTML, indented or not', () => {
    assert.equal(
      renderMarkup('<p>One_two_</p>\n\n      <p>* three</p>'),
      '<p>One_two_</p>\n\n      <p>* three</p>',
    )
  })

  it('drops scripts, frames, styles, handlers and hostile links', () => {
    const html = renderMarkup(
      `<p onclick="x()" style="color:red" class="c" id="login">Hi<script>alert(1)</script><iframe src="https://x.example"></iframe></p>
<p><a href="javascript:alert(1)">a</a><a href=" java\nscript:alert(1)">b</a><a href="data:text/html,x">c</a></p>
<p><img src="x" onerror="alert(1)"><svg onload="alert(1)"></svg><base href="//evil.example"></p>`,
    )

    assert.equal(html, '<p>Hi</p>\n<p><a>a</a><a>b</a><a>c</a></p>\n<p></p>')
  })

  it('makes what may scroll reachable by keyboard', () => {
    assert.equal(
      renderMarkup('```\nsat  13:05  Holm quay\n```'),
      '<pre tabindex="0"><code>sat  13:05  Holm quay\n</code></pre>',
    )
  })

  it('keeps what a link says of itself and shuts the way back', () => {
    assert.equal(
      renderMarkup(
        '<p><a href="https://a.example/" rel="payment opener" target="_top">Pay</a></p>',
      ),
      '<p><a href="https://a.example/" rel="payment noopener">Pay</a></p>',
    )
  })

  it('drops links that show nothing, and keeps those that show a picture', () => {
    assert.equal(
      renderMarkup(
        '<p>One<a href="https://a.example/"> </a>two <a href="https://a.example/"><b></b></a><a href="https://a.example/"><img src="https://a.example/l.png" alt="Logo"></a></p>',
      ),
      '<p>One two <b></b><a href="https://a.example/" rel="noopener"><img src="https://a.example/l.png" alt="Logo" loading="lazy" /></a></p>',
    )
  })

  it('takes relative links from the page the text came from', () => {
    assert.equal(
      renderMarkup('[a](b) [c](//d.example/e)', { base: 'https://site.example/show/1' }),
      '<p><a href="https://site.example/show/b" rel="noopener">a</a> <a href="https://d.example/e" rel="noopener">c</a></p>',
    )
  })

  it('keeps links to moments of the sound beside a text, wherever the text came from', () => {
    const moments = ['#t=83', '#t=1:02:03', '#t=1:23.5', '#t=1h2m3s', '#t=2m', ' #t=5s ']

    for (const address of moments) {
      const link = `<p><a href="${address}" rel="nofollow">then</a></p>`
      const around = { moments: true, base: 'https://site.example/show/1' }
      assert.equal(renderMarkup(link, around), `<p><a href="${address.trim()}">then</a></p>`)
      assert.equal(renderMarkup(link), '<p><a>then</a></p>')
    }
    assert.equal(
      renderMarkup('[then](#t=1:02 "The tide")', { moments: true }),
      '<p><a href="#t=1:02" title="The tide">then</a></p>',
    )
  })

  it('takes nothing for a moment that is none', () => {
    for (const address of [
      '#',
      '#t=',
      '#t=soon',
      '#top',
      '#t=1:2:3:4',
      '#t=1&x=y',
      '#t=1#t=2',
      '#t=1" onclick="alert(1)',
      '#t=javascript:alert(1)',
      '#t=1\njavascript:alert(1)',
      '#T=1/../../admin',
      'javascript:alert(1)#t=1',
      'data:text/html,x#t=1',
      '?t=1',
      `#t=${'9'.repeat(400)}`,
    ]) {
      const link = `<p><a href='${address}'>then</a></p>`
      assert.equal(renderMarkup(link, { moments: true }), '<p><a>then</a></p>', address)
    }
  })

  it('loads pictures late, and only those with an address', () => {
    assert.equal(
      renderMarkup('![Logo](https://a.example/l.png) ![gone](data:image/png;base64,x)'),
      '<p><img src="https://a.example/l.png" alt="Logo" loading="lazy" /> </p>',
    )
  })

  it('shows the words alone of what is nested deeper than any text', () => {
    const bomb = `<div>${'<b>'.repeat(200_000)}Boo &amp; hoo`

    assert.equal(renderMarkup(`${bomb}</div>`)?.trim(), 'Boo &amp; hoo')
    assert.equal(plainText(bomb), 'Boo & hoo')
    assert.match(
      renderMarkup(`<p>${'<p>One<br>two'.repeat(500)}</p>`) ?? '',
      /<p>One<br \/>two<\/p>/,
    )
  })

  it('shows nothing for nothing', () => {
    assert.equal(renderMarkup(null), null)
    assert.equal(renderMarkup(' \n '), null)
    assert.equal(renderMarkup('<script>x</script>'), null)
  })
})

describe('withFullAddresses', () => {
  it('writes the host before this site’s own addresses only', () => {
    const html = renderMarkup('[us](/show/1) [them](https://them.example/) ![](/uploads/a.png)')

    assert.equal(
      withFullAddresses(html!, 'https://us.example/'),
      '<p><a href="https://us.example/show/1" rel="noopener">us</a> <a href="https://them.example/" rel="noopener">them</a> <img src="https://us.example/uploads/a.png" alt="" loading="lazy" /></p>',
    )
  })
})

describe('withFullAddresses of a text beside a sound', () => {
  it('leads to the moment on the page of the sound', () => {
    const html = renderMarkup('[then](#t=1:02) [there](https://them.example/#t=5)', {
      moments: true,
    })

    assert.equal(
      withFullAddresses(html!, 'https://us.example', 'https://us.example/show/1$&'),
      '<p><a href="https://us.example/show/1$&#t=1:02">then</a> <a href="https://them.example/#t=5" rel="noopener">there</a></p>',
    )
  })
})

describe('plainText', () => {
  it('keeps the words and the lines', () => {
    assert.equal(
      plainText(
        '<p>Fish &amp; <b>chips</b>\n  &lt;now&gt;</p><ul><li>One</li><li>Two&nbsp;x</li></ul><script>no</script>',
      ),
      'Fish & chips <now>\nOne\nTwo x',
    )
  })
})

describe('textToHtml', () => {
  it('shows text as it stands, with its addresses as links', () => {
    assert.equal(
      textToHtml('a < b\nsee https://x.example/?a=1&b=2.\n\nnext'),
      '<p>a &lt; b<br>\nsee <a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>.</p>\n<p>next</p>',
    )
  })
})
