import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Article, Note, Writer } from '../testing/press.ts'
import { from } from './from.ts'
import { Description, type PreloadTree } from './model.ts'
import { mergePreloads } from './preload-tree.ts'

const load = () => []

function treeOf(query: unknown): PreloadTree {
  assert.ok(query instanceof Description)
  return query.state.preloads
}

/** Names alone, to be compared. */
function shape(tree: PreloadTree): object {
  return Object.fromEntries(Object.entries(tree).map(([name, node]) => [name, shape(node.nested)]))
}

describe('normalize: preload assoc merges / errors: it merges', () => {
  it('names that come twice, and what hangs below them', () => {
    const tree = mergePreloads(Article, {}, [
      'notes',
      ['notes', 'writer'],
      { notes: 'reader' },
      { notes: [{ reader: ['portrait'] }, 'article'], writer: [] },
    ])
    assert.deepEqual(shape(tree), {
      notes: { reader: { portrait: {} }, article: {} },
      writer: {},
    })
  })

  it('a query, or a function, with what has none: it is the query that holds', () => {
    const notes = from(Note).where('stars', '>', 3).preload('reader')
    const before = mergePreloads(Article, {}, [{ notes }, 'notes', { notes: 'article' }])
    const after = mergePreloads(Article, {}, ['notes', { notes: 'article' }, { notes }])
    assert.deepEqual(before['notes']?.how, { kind: 'query', query: notes })
    assert.deepEqual(after['notes'], before['notes'])
    assert.deepEqual(Object.keys(before['notes']?.nested ?? {}).toSorted(), ['article', 'reader'])
    const by = mergePreloads(Article, {}, [{ notes: [load, 'reader'] }, { notes: load }])
    assert.deepEqual(by['notes'], {
      how: { kind: 'function', load },
      nested: { reader: { nested: {} } },
    })
  })

  it('the same query twice, written in two places', () => {
    const four = () => from(Note).where('stars', '>', 3)
    const tree = mergePreloads(Article, {}, [{ notes: four() }, { notes: four() }])
    assert.equal(tree['notes']?.how?.kind, 'query')
  })

  it('a through into the chain of its steps, its query and what is nested at the last', () => {
    const query = from(Writer).where({ name: 'Zoe' })
    const tree = mergePreloads(Article, {}, [
      { readers: [query, 'portrait'] },
      { notes: 'article' },
    ])
    assert.deepEqual(shape(tree), {
      readers: { portrait: {} },
      notes: { reader: { portrait: {} }, article: {} },
    })
    assert.deepEqual(tree['notes']?.nested['reader']?.how, { kind: 'query', query })
    assert.equal(tree['readers']?.how, undefined)
  })

  it('a through that goes through another, which is filled on its way', () => {
    assert.deepEqual(shape(mergePreloads(Writer, {}, ['readers'])), {
      readers: {},
      notes: {},
      articles: { notes: { reader: {} } },
    })
  })

  it('an embed with what is loaded on its rows', () => {
    const tree = mergePreloads(Article, {}, [
      { seats: 'writer' },
      { seats: { writer: 'portrait' } },
    ])
    assert.deepEqual(tree['seats'], {
      how: { kind: 'embedded' },
      nested: { writer: { nested: { portrait: { nested: {} } } } },
    })
  })

  it('in one go what it merges one by one, in any order', () => {
    const one = fc.constantFrom(
      'notes',
      'readers',
      'writerPortrait',
      { notes: 'reader' },
      { notes: ['article', { reader: 'portrait' }] },
      { seats: 'writer' },
      { readers: 'articles' },
      ['writer', { writer: ['mentor'] }],
      { labels: { articles: 'notes' } },
    )
    fc.assert(
      fc.property(fc.array(one), (preloads) => {
        const together = shape(mergePreloads(Article, {}, preloads))
        const inTurn = preloads.reduce<PreloadTree>(
          (tree, preload) => mergePreloads(Article, tree, [preload]),
          {},
        )
        assert.deepEqual(shape(inTurn), together)
        assert.deepEqual(shape(mergePreloads(Article, {}, preloads.toReversed())), together)
        assert.deepEqual(shape(mergePreloads(Article, {}, [...preloads, preloads])), together)
      }),
    )
  })
})

describe('normalize: preload assoc merges / errors: it refuses', () => {
  it('two different queries, functions, or one of each', () => {
    const message =
      'cannot preload "notes" as it has been supplied more than once with different queries. ' +
      'Rows of one association can be loaded in one way only: leave one of the two out.'
    const query = from(Note).where({ stars: 3 })
    const given = [
      [{ notes: query }, { notes: from(Note).where({ stars: 4 }) }],
      [{ notes: query }, { notes: load }],
      [{ notes: load }, { notes: () => [] }],
      [{ notes: [query, from(Note)] }],
    ]
    assert.deepEqual(
      given.map((preloads) => messageOf(() => mergePreloads(Article, {}, preloads))),
      given.map(() => message),
    )
    const reader = from(Writer).where({ name: 'Zoe' })
    assert.match(
      messageOf(() =>
        mergePreloads(Article, {}, [{ readers: reader }, { notes: { reader: from(Writer) } }]),
      ),
      /^cannot preload "reader" as it has been supplied more than once/,
    )
  })

  it('an unknown association, on each level, with what was meant', () => {
    assert.equal(
      messageOf(() => mergePreloads(Article, {}, ['note'])),
      '"note" is not an association of "press_articles", so it cannot be preloaded. Did you mean "notes"? ' +
        'Known associations: writer, notes, unsigned, signed, best, loud, topNote, labels, mainLabels, editors, chiefs, ' +
        'writerPortrait, readers, desk, seats.',
    )
    assert.match(
      messageOf(() => mergePreloads(Article, {}, [{ notes: { readr: 'portrait' } }])),
      /^"readr" is not an association of "press_notes", .+ Did you mean "reader"\?/,
    )
    assert.match(
      messageOf(() => mergePreloads(Article, {}, ['title'])),
      /^"title" is not an association of "press_articles"/,
    )
  })

  it('what is no preload at all', () => {
    const given = [7, null, Symbol('x'), from(Note)]
    assert.deepEqual(
      given.map((one) => messageOf(() => mergePreloads(Article, {}, [one])).slice(0, 15)),
      given.map(() => 'invalid preload'),
    )
    assert.equal(
      messageOf(() => mergePreloads(Article, {}, [7])),
      `invalid preload 7 for "press_articles": names, lists of them, and objects are wanted, as 'author' or { comments: ['author'] }.`,
    )
  })

  it('a query for rows of another schema', () => {
    assert.equal(
      // @ts-expect-error the notes are no writers
      messageOf(() => treeOf(from(Article).preload({ notes: from(Writer) }))),
      'cannot preload "notes" with rows of "press_writers": its rows are of "press_notes".',
    )
  })
})

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'nothing was thrown'
}
