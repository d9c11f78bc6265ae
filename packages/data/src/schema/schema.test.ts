import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { Post, Settings } from '../testing/blog.ts'
import { type AnyAssociation, belongsTo, hasMany, manyToMany } from './association.ts'
import { checkAssociations } from './associations.ts'
import { embeddedLoad, embedsMany, embedsOne } from './embed.ts'
import { type AnyFields } from './field.ts'
import { build } from './instance.ts'
import { embedded, schema } from './schema.ts'
import { t, timestamps } from './types.ts'

function refused(fields: object, message: RegExp): void {
  // What the compiler refuses, a program without one may still do.
  assert.throws(() => schema('things', fields as AnyFields), { name: 'SchemaError', message })
}

describe('schema/4', () => {
  it('knows its columns, its virtual fields, its key, and the names of the database', () => {
    assert.equal(Post.source, 'blog_posts')
    assert.equal(Post.columns.find(({ name }) => name === 'language')?.column, 'lang')
    assert.deepEqual(
      Post.virtuals.map(({ name }) => name),
      ['temp', 'commentCount'],
    )
    assert.deepEqual(
      Post.primaryKey.map(({ name }) => name),
      ['id'],
    )
  })

  it('names its timestamps as it is told, or has one of them', () => {
    const Visit = schema('visits', {
      ...timestamps({ insertedAt: 'at', updatedAt: false, precision: 'second' }),
    })
    assert.deepEqual(Object.keys(Visit.fields), ['at'])
    assert.equal(Visit.fields.at.filledBy, 'repo on insert')
    // @ts-expect-error there is no such field
    assert.throws(() => build(Visit, { updatedAt: new Date() }), { name: 'UnknownFieldError' })
  })

  it('default: calls a function for each new row', () => {
    const Thing = schema('things', {
      tags: t.array(t.string()).default(() => []),
      state: t.enum(['new', 'old']).default('new'),
    })
    assert.deepEqual({ ...build(Thing) }, { tags: [], state: 'new' })
    assert.notEqual(build(Thing).tags, build(Thing).tags)
  })
})

describe('a schema that redacts all but its primary key', () => {
  const Patient = schema(
    'patients',
    { id: t.id(), name: t.string(), visit: embedsOne(Settings), note: t.string().virtual() },
    () => ({}),
    { redact: 'allExceptPrimaryKey' },
  )

  it('shows which row it is, and nothing else', () => {
    assert.equal(inspect(build(Patient, { id: 1, name: 'Ada' })), '{ id: 1 }')
    assert.deepEqual(
      [...Patient.columns, ...Patient.virtuals].flatMap(({ name, field }) =>
        field.isRedacted ? [name] : [],
      ),
      ['name', 'visit', 'note'],
    )
  })

  it('may be embedded', () => {
    const Card = embedded({ number: t.string() }, () => ({}), { redact: 'allExceptPrimaryKey' })
    assert.equal(inspect(build(Card, { number: '4111' })), '{}')
    assert.throws(() => embeddedLoad(Card, { number: 4111 }), {
      name: 'CastError',
      message: 'cannot load **redacted** as type string for the field "number".',
    })
    // @ts-expect-error there is nothing else to redact by
    embedded({ number: t.string() }, () => ({}), { redact: 'all' })
  })
})

describe('a mistake in a schema', () => {
  it('is a default of another type', () => {
    refused(
      { title: { ...t.string(), fallback: 13 } },
      /^schema "things": the field "title" has the default 13, which is not of type string\.$/,
    )
    refused({ kind: { ...t.enum(['a']), fallback: 'b' } }, /has the default 'b', which is not of/)
    // @ts-expect-error a title is text
    assert.throws(() => schema('things', { title: t.string().default(13) }), /default 13/)
  })

  it('is a type that is not called', () => {
    refused({ title: t.string }, /the field "title" is a function\. Call it: t\.string\(\)/)
  })

  it('is a schema in the place of a type', () => {
    refused(
      { post: Post },
      /the field "post" is a schema.*Did you mean embedsOne or embedsMany.*belongsTo, hasOne, hasMany or manyToMany\?/,
    )
  })

  it('is an association among the fields', () => {
    refused({ post: belongsTo(Post) }, /"post" is an association\. Those stand in the third arg/)
  })

  it('is anything else', () => {
    refused({ post: 'text' }, /the field "post" is 'text', and not a field such as t\.string\(\)/)
  })

  it('is a column of any type', () => {
    refused({ extra: t.any() }, /"extra" is of type any, which no column has/)
    assert.equal(embedded({ extra: t.any() }).kind, 'embedded')
    assert.equal(schema('things', { extra: t.any().virtual() }).virtuals.length, 1)
  })

  it('is a virtual field that somebody else fills', () => {
    refused({ id: t.id().virtual() }, /"id" is virtual, so nobody generates it/)
  })

  it('is a field that two fill, or that is filled and may not be written', () => {
    refused({ id: t.uuid().autogenerate().readAfterWrites() }, /Choose one of them/)
    refused({ id: t.uuid().autogenerate().writable('never') }, /must be writable\('always'\)/)
  })

  it('is a type that generates nothing', () => {
    assert.throws(() => t.string().autogenerate(), /the type "string" generates nothing by itself/)
  })

  it('is a tenant that is no field, or may be null', () => {
    const fields = { id: t.id(), networkId: t.reference().nullable() }
    // @ts-expect-error there is no such field
    assert.throws(() => schema('things', fields, () => ({}), { tenant: 'networkID' }), {
      name: 'SchemaError',
      message: /the tenant "networkID" is no field of it\. Did you mean "networkId"\?/,
    })
    assert.throws(() => schema('things', fields, () => ({}), { tenant: 'networkId' }), {
      message: /the tenant field "networkId" is nullable/,
    })
  })

  it('is an option that there is not', () => {
    const options: object = { foreinKey: 'postId' }
    assert.throws(() => hasMany(Post, options), {
      name: 'SchemaError',
      message: /invalid option "foreinKey" for hasMany\(\) to it\. Did you mean "foreignKey"\?/,
    })
    const mistyped = { joinThrough: 'x', joinKey: [] }
    assert.throws(() => manyToMany(Post, mistyped), /Did you mean "joinKeys"\?/)
    const tenant: object = { tennant: 'id' }
    assert.throws(() => schema('things', { id: t.id() }, () => ({}), tenant), {
      name: 'SchemaError',
      message:
        'schema "things": invalid option "tennant" for schema(). Did you mean "tenant"? Known options: tenant, redact.',
    })
    assert.throws(() => embedded({}, () => ({}), tenant), /invalid option "tennant" for embedded/)
    const onReplac: object = { onReplac: 'delete' }
    assert.throws(() => embedsMany(Settings, onReplac), /for embedsMany\(\)\. Did you mean "onR/)
    assert.throws(() => embedsOne(Settings, onReplac), /for embedsOne\(\)\. Did you mean "onR/)
    const inserted: object = { inserted: false }
    assert.throws(() => timestamps(inserted), /Did you mean "insertedAt"\?/)
    const precison: object = { precison: 'second' }
    assert.throws(() => t.datetime(precison), /Did you mean "precision"\?/)
  })

  it('is a way to go that the rows of an association do not have', () => {
    // @ts-expect-error one of several cannot be updated in the place of another
    assert.throws(() => hasMany(Post, { onReplace: 'update' }), {
      name: 'SchemaError',
      message:
        'schema "blog_posts": onReplace of hasMany() to it cannot be \'update\'. It is one of: raise, markAsInvalid, nilify, delete, deleteIfExists.',
    })
    const options = { joinThrough: 'x' } as const
    // @ts-expect-error rows between two have keys that are never null
    assert.throws(() => manyToMany(Post, { ...options, onReplace: 'nilify' }), /cannot be 'nilify'/)
    // @ts-expect-error only the rows between are deleted
    assert.throws(() => manyToMany(Post, { ...options, onDelete: 'nilifyAll' }), /one of: nothing,/)
    // @ts-expect-error rows in a field are never let go
    assert.throws(() => embedsMany(Settings, { onReplace: 'nilify' }), /cannot be 'nilify'/)
    // @ts-expect-error what a table without a schema holds is not known
    assert.throws(() => manyToMany(Post, { ...options, joinDefaults: { role: 'x' } }), {
      message: /has joinDefaults, and joinThrough: 'x' names a table\. Give joinThrough its schema/,
    })
  })

  it('is a primary key of which the database numbers two fields', () => {
    refused(
      { id: t.id(), otherId: t.id() },
      /the database numbers both "id" and "otherId" of its primary key\. One of them is t\.id\(\)/,
    )
  })

  it('is an association or embed of nothing, as of a schema that is not made yet', () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const nothing = undefined as unknown as typeof Post
    assert.throws(() => belongsTo(nothing), /belongsTo\(\) was given undefined where it takes a/)
    assert.throws(() => embedsOne(nothing), /embedsOne\(\) and embedsMany\(\) take a schema/)
    assert.throws(() => embedsMany(nothing), /take a schema, got undefined/)
  })

  it('is a join schema without the keys', () => {
    const Join = schema('joins', { postId: t.reference() })
    const given: () => Record<string, AnyAssociation> = () => ({
      posts: manyToMany(Post, { joinThrough: Join, joinKeys: ['postId', 'postID' as 'postId'] }),
    })
    assert.throws(
      () => checkAssociations(schema('things', { id: t.id() }, given)),
      /the association "posts" needs the field "postID" on "joins".*Did you mean "postId"\?/,
    )
  })
})
