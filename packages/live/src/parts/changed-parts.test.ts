import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { changedParts, type ChangedPart } from './changed-parts.ts'

const page = (body: string, title = 'Home') =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`

const changed = (before: string, after: string) => changedParts(page(before), page(after))

describe('changedParts', () => {
  it('finds nothing between equal pages', () => {
    assert.deepEqual(changed('<main id="m">x</main>', '<main id="m">x</main>'), {
      title: undefined,
      parts: [],
    })
  })

  it('gives the smallest element with an id, whole', () => {
    assert.deepEqual(
      changed(
        '<main id="m"><p>same</p><ul id="list"><li>1</li></ul></main>',
        '<main id="m"><p>same</p><ul id="list"><li>1</li><li>2</li></ul></main>',
      )?.parts,
      [{ kind: 'morph', id: 'list', html: '<ul id="list"><li>1</li><li>2</li></ul>' }],
    )
  })

  it('gives the element around, when what changed has no id, or another', () => {
    const around = '<main id="m"><p>new</p></main>'
    assert.deepEqual(changed('<main id="m"><p>old</p></main>', around)?.parts, [
      { kind: 'morph', id: 'm', html: around },
    ])
    const other = '<main id="m"><p id="b">x</p></main>'
    assert.deepEqual(changed('<main id="m"><p id="a">x</p></main>', other)?.parts, [
      { kind: 'morph', id: 'm', html: other },
    ])
  })

  it('gives several, in the order of the page', () => {
    assert.deepEqual(
      changed(
        '<i id="a">1</i><b>same</b><i id="b" class="x"></i>',
        '<i id="a">2</i><b>same</b><i id="b" class="y"></i>',
      )?.parts.map(({ id }) => id),
      ['a', 'b'],
    )
  })

  it('cannot say it in parts when a difference is in no element with an id', () => {
    assert.equal(changed('<p>1</p>', '<p>2</p>'), undefined)
    assert.equal(changed('<p id="a">1</p>', '<p id="a">1</p><p>2</p>'), undefined)
    assert.equal(changed('<p id="a">1</p>', '<p id="b">1</p>'), undefined)
  })

  it('leaves alone what stays in the browser', () => {
    assert.deepEqual(
      changed(
        '<audio-player id="p" data-turbo-permanent>1</audio-player>',
        '<audio-player id="p" data-turbo-permanent>2</audio-player>',
      )?.parts,
      [],
    )
  })

  it('tells the title, as text', () => {
    assert.equal(
      changedParts(page('<p>x</p>'), page('<p>x</p>', 'Ada &amp; Bob'))?.title,
      'Ada & Bob',
    )
  })

  it('minds attributes, comments no more than they show, and scripts as they are', () => {
    assert.equal(changed('<p class="a">x</p>', '<p class="b">x</p>'), undefined)
    assert.deepEqual(
      changed(
        '<div id="d"><script>if (1 < 2) x()</script></div>',
        '<div id="d"><script>if (1 < 3) x()</script></div>',
      )?.parts,
      [{ kind: 'morph', id: 'd', html: '<div id="d"><script>if (1 < 3) x()</script></div>' }],
    )
  })

  it('tells of a list whose items have ids which came and which went', () => {
    const list = (...ids: string[]) =>
      `<main id="m"><ol>${ids.map((id) => `<li id="${id}">${id}</li>`).join('')}</ol></main>`

    assert.deepEqual(changed(list('b', 'c', 'd'), list('a', 'b', 'x', 'y', 'd', 'e'))?.parts, [
      { kind: 'remove', id: 'c', html: '' },
      { kind: 'before', id: 'b', html: '<li id="a">a</li>' },
      { kind: 'before', id: 'd', html: '<li id="x">x</li><li id="y">y</li>' },
      { kind: 'after', id: 'd', html: '<li id="e">e</li>' },
    ])
    for (const other of [list('c', 'b'), list('x', 'y'), list()]) {
      assert.deepEqual(
        changed(list('b', 'c'), other)?.parts.map(({ id }) => id),
        ['m'],
      )
    }
  })

  it('makes the new list of the old one, wherever its items go', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'))
    const lists = fc.tuple(ids, ids, fc.boolean()).map(([first, second, isOther]) => {
      const items = (some: readonly string[]) =>
        some.map((id) => `<li id="${id}">${isOther ? id : 'same'}</li>`).join('')
      const rest = second.filter((id) => !first.includes(id))
      return page(`<main id="m"><ol>${items(first)}</ol><ul id="u">${items(rest)}</ul></main>`)
    })
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        let made = before
        for (const part of changedParts(before, after)?.parts ?? []) made = applied(made, part)
        assert.equal(made, after)
      }),
      { numRuns: 500 },
    )
  })

  it('makes the new page of the old one, whatever changed', () => {
    // A page as a tree in which some elements have an id, which no two share.
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('one', 'two', '<br>', '<img alt="">'),
        fc
          .tuple(
            fc.constantFrom('div', 'p', 'section'),
            fc.boolean(),
            fc.array(tie('tree'), { maxLength: 3 }),
          )
          .map(
            ([tag, hasId, inner]) => `<${tag}${hasId ? ' id="#"' : ''}>${inner.join('')}</${tag}>`,
          ),
      ),
    }))
    const numbered = (html: string) => {
      let next = 0
      // A paragraph ends where another block begins, so it is written as what it holds.
      return html
        .replaceAll('p>', 'span>')
        .replaceAll('<p ', '<span ')
        .replace(/#/g, () => `e${next++}`)
    }
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const before = page(`<main id="m">${numbered(one)}</main>`)
        const after = page(`<main id="m">${numbered(other)}</main>`)
        const change = changedParts(before, after)
        assert.ok(change)
        let made = before
        for (const part of change.parts) made = applied(made, part)
        assert.equal(made, after)
      }),
      { numRuns: 300 },
    )
  })
})

const applied = (html: string, part: ChangedPart): string => {
  const old = elementWith(html, part.id)
  assert.ok(old)
  const { before, after, remove, morph } = {
    before: part.html + old,
    after: old + part.html,
    remove: '',
    morph: part.html,
  }
  return html.replace(old, () => ({ before, after, remove, morph })[part.kind])
}

/** The source of the element with an id, by counting its tags. */
function elementWith(html: string, id: string): string | undefined {
  const start = new RegExp(`<(\\w+) id="${id}"`).exec(html)
  if (!start) return undefined
  const tags = new RegExp(`<(/?)${start[1]}\\b`, 'g')
  tags.lastIndex = start.index
  let depth = 0
  for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
    depth += tag[1] === '/' ? -1 : 1
    if (depth === 0) return html.slice(start.index, html.indexOf('>', tag.index) + 1)
  }
  return undefined
}
