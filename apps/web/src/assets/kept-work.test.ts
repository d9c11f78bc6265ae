import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Kept, KeptWork, type Shelf } from '../../assets/scripts/admin/kept-work.ts'

const NOW = Date.UTC(2026, 10, 21, 9, 12)
const DAY_MS = 24 * 60 * 60 * 1000
const EDIT = '/admin/topics/3/edit'

/** A browser's storage that takes so many letters. */
function shelf(room = Infinity): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      const others = [...kept].filter(([other]) => other !== key)
      const all = others.reduce((sum, [, text]) => sum + text.length, value.length)
      if (all > room) throw new Error('QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key) => void kept.delete(key),
  }
}

function piece(id: string, at = NOW, notes = 'Typed'): Kept {
  return { id, version: '4', at, work: { fields: { notes }, rows: {} } }
}

describe('work that is not saved', () => {
  it('is kept by person and form', () => {
    const storage = shelf()
    const ada = new KeptWork('7', EDIT, () => storage)

    assert.ok(ada.keep(piece('a')))

    assert.deepEqual(ada.all(), [piece('a')])
    assert.deepEqual(new KeptWork('8', EDIT, () => storage).all(), [])
    assert.deepEqual(new KeptWork('7', '/admin/topics/33/edit', () => storage).all(), [])
    assert.deepEqual(new KeptWork('7', '/admin/topics/3', () => storage).all(), [])
  })

  it('of two tabs stands side by side, the oldest first', () => {
    const storage = shelf()
    const ada = new KeptWork('7', EDIT, () => storage)
    ada.keep(piece('late', NOW + 1))
    ada.keep(piece('early'))
    ada.keep(piece('early', NOW, 'Typed on'))

    assert.deepEqual(
      ada.all().map(({ id, work }) => [id, work.fields['notes']]),
      [
        ['early', 'Typed on'],
        ['late', 'Typed'],
      ],
    )
    ada.drop(['early'])
    assert.deepEqual(ada.all(), [piece('late', NOW + 1)])
  })

  it('goes after thirty days', () => {
    const storage = shelf()
    new KeptWork('7', '/admin/posts', () => storage).keep(piece('old', NOW - 31 * DAY_MS))
    new KeptWork('7', '/admin/posts', () => storage).keep(piece('new', NOW - 29 * DAY_MS))

    new KeptWork('7', EDIT, () => storage).keep(piece('a'))

    assert.deepEqual(
      new KeptWork('7', '/admin/posts', () => storage).all().map(({ id }) => id),
      ['new'],
    )
  })

  it('is refused where one form is too long, and makes the oldest of others go where all is', () => {
    const storage = shelf()
    const ada = new KeptWork('7', EDIT, () => storage)
    assert.ok(!ada.keep(piece('a', NOW, 'x'.repeat(300_001))))
    for (let at = 0; at < 9; at += 1) ada.keep(piece(String(at), NOW + at, 'x'.repeat(250_000)))

    assert.deepEqual(
      ada.all().map(({ id }) => id),
      ['2', '3', '4', '5', '6', '7', '8'],
    )
  })

  it('makes room where others filled the storage, and is not kept where there is none', () => {
    const storage = shelf(3_000)
    const ada = new KeptWork('7', EDIT, () => storage)
    storage.setItem('player:place', 'x'.repeat(500))
    ada.keep(piece('a', NOW, 'x'.repeat(1_500)))

    assert.ok(ada.keep(piece('b', NOW + 1, 'x'.repeat(2_000))))
    assert.deepEqual(
      ada.all().map(({ id }) => id),
      ['b'],
    )
    assert.ok(!ada.keep(piece('c', NOW + 2, 'x'.repeat(4_000))))
    assert.ok(storage.kept.has('player:place'))
  })

  it('is nothing in a browser that keeps nothing, or that kept what nobody can read', () => {
    const blocked = new KeptWork('7', EDIT, () => {
      throw new Error('SecurityError')
    })
    const storage = shelf()
    storage.setItem(`showrunner:kept:7:${EDIT}:a`, '{"id":')

    assert.ok(!blocked.keep(piece('a')))
    assert.deepEqual(blocked.all(), [])
    blocked.drop(['a'])
    assert.deepEqual(new KeptWork('7', EDIT, () => storage).all(), [])
  })
})
