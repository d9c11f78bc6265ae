import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Link, Post, Settings } from '../testing/blog.ts'
import { embeddedDump, embeddedLoad, embedsMany, embedsOne } from './embed.ts'
import { build, stateOf } from './instance.ts'
import { embedded } from './schema.ts'
import { t } from './types.ts'

const Payload = embedded({
  name: t.string().source('full_name'),
  day: t.date(),
  at: t.datetime(),
  moments: t.array(t.datetime()),
  key: t.bytes().nullable(),
  price: t.decimal().nullable(),
  state: t.enum({ draft: 0, live: 1 }).nullable(),
  counts: t.mapOf(t.integer()).nullable(),
  any: t.json<number>().nullable(),
  settings: embedsOne(Settings),
  links: embedsMany(Link),
  secret: t.string().nullable().virtual(),
})

const json = {
  full_name: 'Ada',
  day: '2026-02-03',
  at: '2026-02-03T04:05:06.000Z',
  moments: ['2026-02-03T04:05:06.000Z'],
  key: 'aGk=',
  price: '1.50',
  state: 'live',
  counts: { a: 1 },
  any: 5,
  settings: { theme: 'dark', columns: 2 },
  links: [],
}

describe('embedded_load/3', () => {
  it('makes a row out of JSON: unknown keys are ignored, missing ones are null', () => {
    const row = embeddedLoad(Payload, { ...json, extra: true, key: undefined })
    assert.equal(row.name, 'Ada')
    assert.deepEqual(row.at, new Date('2026-02-03T04:05:06Z'))
    assert.deepEqual(row.moments, [new Date('2026-02-03T04:05:06Z')])
    assert.equal(row.key, null)
    assert.equal(row.settings?.theme, 'dark')
    assert.equal('extra' in row, false)
    assert.equal(stateOf(row), 'loaded')
  })

  it('refuses what is of another type, and says which', () => {
    assert.throws(() => embeddedLoad(Payload, { ...json, day: 'today' }), {
      name: 'CastError',
      message: `cannot load 'today' as type date for the field "day".`,
    })
    assert.throws(() => embeddedLoad(Payload, ['Ada']), /it is no JSON object/)
  })

  it('takes null for none and for an empty list', () => {
    const row = embeddedLoad(Payload, {})
    assert.deepEqual([row.settings, row.links], [null, []])
  })
})

describe('embedded_dump/2', () => {
  it('is the JSON that the row is loaded from, without virtual fields', () => {
    const row = embeddedLoad(Payload, json)
    assert.deepEqual(embeddedDump(row), json)
    assert.deepEqual(JSON.parse(JSON.stringify(embeddedDump(row))), json)
  })

  it('takes a row', () => {
    assert.throws(() => embeddedDump({ name: 'Ada' }), /embeddedDump\(\) takes a row/)
  })
})

describe('an embed', () => {
  it('is none, or a row of defaults where the schema says so', () => {
    const Page = embedded({ settings: embedsOne(Settings, { defaultsToRow: true }) })
    assert.deepEqual({ ...build(Page).settings }, { theme: 'plain', columns: 1 })
    assert.equal(build(Post).settings, null)
    assert.deepEqual(build(Post).links, [])
  })

  it('is equal to one of the same content, in the same order', () => {
    const { type } = Post.fields.links
    const [one, other] = [build(Link, { url: 'a' }), build(Link, { url: 'b' })]
    assert.equal(type.equal([one, other], [build(Link, { url: 'a' }), other]), true)
    assert.equal(type.equal([one, other], [other, one]), false)
    assert.equal(type.holds([one]), true)
    assert.equal(type.holds([build(Settings)]), false)
  })
})
