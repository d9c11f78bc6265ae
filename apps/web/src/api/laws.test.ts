import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  array,
  assert as assertProperty,
  constantFrom,
  integer,
  property,
  record,
  string,
} from 'fast-check'
import { z } from 'zod'
import { allowance } from './allowance.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { readFields, selected } from './fields.ts'

describe('a cursor', () => {
  it('is read as it was written', () => {
    const text = string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !one.includes('\0'))
    assertProperty(
      property(text, integer({ min: 0, max: 2 ** 31 - 1 }), (name, id) => {
        const written = writeCursor([name, id])
        assert.match(written, /^[\w-]+$/)
        assert.deepEqual(readCursor(written, ['text', 'number']), [name, id])
      }),
    )
  })

  it('is of the shape that is asked for, or refused, whatever it holds', () => {
    assertProperty(
      property(string(), (text) => {
        try {
          const [moment, id] = readCursor(text, ['moment', 'number'])
          assert.ok(!Number.isNaN(Date.parse(String(moment))) && Number.isInteger(id))
        } catch (error) {
          assert.equal((error as Error).name, 'Problem')
        }
      }),
    )
  })
})

describe('an allowance', () => {
  it('lets through what it says within its time, however that is spread', () => {
    const asking = record({
      after: integer({ min: 0, max: 30_000 }),
      cost: integer({ min: 1, max: 20 }),
    })
    assertProperty(
      property(array(asking, { maxLength: 60 }), (askings) => {
        const [most, perMs] = [30, 60_000]
        const spend = allowance(most, perMs)
        let now = 0
        const spent: { readonly at: number; readonly cost: number }[] = []
        for (const { after, cost } of askings) {
          now += after
          const left = spend('ada', cost, now)
          assert.ok(left.remaining >= 0 && left.remaining <= most)
          if (left.isAllowed) spent.push({ at: now, cost })
          else assert.ok(left.retryMs > 0)
        }
        // Whoever begins with all of it has at most twice as much in any time of that length.
        for (const { at } of spent) {
          const within = spent.filter((one) => one.at >= at && one.at < at + perMs)
          assert.ok(within.reduce((sum, { cost }) => sum + cost, 0) <= 2 * most)
        }
      }),
    )
  })

  it('is there again after the time it says, and each has their own', () => {
    const spend = allowance(3, 3000)
    for (let count = 0; count < 3; count += 1) assert.ok(spend('ada', 1, 0).isAllowed)

    const stopped = spend('ada', 1, 0)

    assert.deepEqual([stopped.isAllowed, stopped.remaining, stopped.retryMs], [false, 0, 1000])
    assert.ok(!spend('ada', 1, 999).isAllowed)
    assert.ok(spend('ada', 1, 1000).isAllowed)
    assert.ok(spend('grace', 3, 0).isAllowed)
  })
})

describe('fields', () => {
  const Person = z.object({ name: z.string(), role: z.string() })
  const Thing = z.object({ title: z.string(), people: z.array(Person), host: Person.nullable() })
  const PATHS = ['title', 'people', 'people.name', 'people.role', 'host', 'host.name'] as const

  it('give of a thing what they name, and nothing else', () => {
    const thing = {
      title: 'T',
      people: [{ name: 'Ada', role: 'host' }],
      host: { name: 'Ada', role: 'host' },
    }
    const read = (value: unknown, [first = '', ...rest]: readonly string[]): unknown => {
      const held: unknown = Reflect.get(Object(value), first)
      const one: unknown = Array.isArray(held) ? held[0] : held
      return rest.length === 0 ? one : read(one, rest)
    }
    assertProperty(
      property(array(constantFrom(...PATHS), { minLength: 1, maxLength: 6 }), (paths) => {
        const part = selected(thing, readFields(paths.join(','), Thing))
        for (const path of PATHS) {
          const isNamed = paths.some((one) => one === path || path.startsWith(`${one}.`))
          const found = read(part, path.split('.'))
          if (isNamed) assert.deepEqual(found, read(thing, path.split('.')))
          else if (path.includes('.')) assert.equal(found, undefined)
        }
      }),
    )
    assert.deepEqual(selected({ ...thing, host: null }, readFields('host.name', Thing)), {
      host: null,
    })
  })
})
