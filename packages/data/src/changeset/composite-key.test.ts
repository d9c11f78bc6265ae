import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { hasMany } from '../schema/association.ts'
import { build } from '../schema/instance.ts'
import { schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { stored } from '../testing/stored.ts'
import { castAssoc } from './cast-relation.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { getChange } from './read.ts'
import { putAssoc } from './put-relation.ts'
import { check } from './rule.ts'
import { traverseErrors } from './traverse.ts'

const Stop = schema('stops', {
  line: t.integer().primaryKey(),
  place: t.integer().primaryKey(),
  routeId: t.reference(),
  name: t.string(),
})

const Route = schema('routes', { id: t.id() }, () => ({
  stops: hasMany(Stop, { foreignKey: 'routeId', onReplace: 'delete' }),
}))

const route = stored(
  Route,
  { id: 1 },
  {
    stops: [
      stored(Stop, { line: 4, place: 1, routeId: 1, name: 'Mill' }),
      stored(Stop, { line: 4, place: 2, routeId: 1, name: 'Quay' }),
    ],
  },
)

describe('a composite primary key', () => {
  it('is matched part by part, each cast', () => {
    const stops = [
      { line: '4', place: '2', name: 'Old quay' },
      { line: '4', place: '3', name: 'Hill' },
      { line: '4', name: 'Nowhere' },
      { line: '4', place: 2, name: 'again' },
    ]
    const changeset = check(
      cast(route, { stops }, []),
      castAssoc('stops', { with: (stop, params) => cast(stop, params, ['line', 'place', 'name']) }),
    )

    assert.deepEqual(
      getChange(changeset, 'stops')?.map(({ action, changes }) => [action, changes]),
      [
        ['replace', {}],
        ['update', { name: 'Old quay' }],
        ['insert', { line: 4, place: 3, name: 'Hill' }],
        ['insert', { line: 4, name: 'Nowhere' }],
        ['insert', { line: 4, place: 2, name: 'again' }],
      ],
    )
    const taken = { line: ['has already been taken'], place: ['has already been taken'] }
    assert.deepEqual(traverseErrors(changeset), { stops: [{}, {}, {}, {}, taken] })
  })

  it('finds the row that a plain object is put over', () => {
    const changeset = putAssoc(change(route), 'stops', [
      { line: 4, place: 1 },
      { line: 4, place: 2, name: 'Pier' },
    ])

    assert.deepEqual(
      getChange(changeset, 'stops')?.map(({ action, changes }) => [action, changes]),
      [
        ['update', {}],
        ['update', { name: 'Pier' }],
      ],
    )
    assert.deepEqual(putAssoc(change(build(Route)), 'stops', []).changes, {})
  })
})
