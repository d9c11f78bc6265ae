import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { embedsMany, embedsOne } from '../schema/embed.ts'
import { build } from '../schema/instance.ts'
import { embedded, schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { Link, Post, Settings } from '../testing/blog.ts'
import { stored } from '../testing/stored.ts'
import { castEmbed } from './cast-relation.ts'
import { cast } from './cast.ts'
import { change } from './change.ts'
import { type AnyChangeset, type Base, type Params } from './changeset.ts'
import { getChange, getField } from './read.ts'
import { getEmbed, markedFor, putEmbed } from './put-relation.ts'
import { check } from './rule.ts'
import { traverseErrors } from './traverse.ts'
import { required } from './validate.ts'

const IDS = ['1b4e28ba-2fa1-11d2-883f-0016d3cca427', '2b4e28ba-2fa1-11d2-883f-0016d3cca427']
const [one, two] = IDS.map((id, at) => stored(Link, { id, url: `https://${at}.example` }))

function linkChangeset(link: Base<typeof Link>, params: Params) {
  const changeset = check(cast(link, params, ['title', 'url', 'remove']), required('url'))
  return getChange(changeset, 'remove') ? markedFor(changeset, 'delete') : changeset
}

function postWith(links: readonly (typeof one)[]) {
  return stored(Post, { id: 1, title: 'Post', links: links as Link[] })
}
type Link = NonNullable<typeof one>

function castLinks(post: Base<typeof Post>, params: object) {
  return check(
    cast(post, params, ['title']),
    castEmbed('links', { with: linkChangeset, sortParam: 'order', dropParam: 'drop' }),
  )
}

function done(changesets: readonly AnyChangeset[] | undefined) {
  return changesets?.map(({ action, row, changes }) => [action, Reflect.get(row, 'id'), changes])
}

describe('cast embeds_many', () => {
  it('with map and sort_param and delete_param', () => {
    const links = { a: { url: 'a' }, b: { url: 'b' }, c: { url: 'c' } }
    const changeset = castLinks(build(Post), { links, order: ['c', 'a'], drop: ['b'] })

    assert.deepEqual(done(getChange(changeset, 'links')), [
      ['insert', null, { url: 'c' }],
      ['insert', null, { url: 'a' }],
    ])
  })

  it('without changes skips', () => {
    const post = postWith([one, two])

    assert.deepEqual(castLinks(post, { links: [{ id: IDS[0] }, { id: IDS[1] }] }).changes, {})
    assert.deepEqual(castLinks(build(Post), { links: [] }).changes, {})
  })

  it('changing schemas; another order is a change', () => {
    const post = postWith([one, two])
    const turned = castLinks(post, { links: [{ id: IDS[1] }, { id: IDS[0] }] })
    const changed = castLinks(post, { links: [{ url: 'new' }, { id: IDS[1], title: 'Two' }] })

    assert.deepEqual(done(getChange(turned, 'links')), [
      ['update', IDS[1], {}],
      ['update', IDS[0], {}],
    ])
    assert.deepEqual(done(getChange(changed, 'links')), [
      ['replace', IDS[0], {}],
      ['insert', null, { url: 'new' }],
      ['update', IDS[1], { title: 'Two' }],
    ])
    assert.deepEqual(
      getField(changed, 'links').map(({ url }) => url),
      ['new', 'https://1.example'],
    )
  })

  it('deletes what the form marks', () => {
    const changeset = castLinks(postWith([one, two]), {
      links: [{ id: IDS[0], remove: 'true' }, { id: IDS[1] }],
    })

    assert.deepEqual(
      getField(changeset, 'links').map(({ id }) => id),
      [IDS[1]],
    )
  })

  it('with invalid params', () => {
    const { errors } = castLinks(build(Post), { links: 'x' })

    assert.deepEqual(errors['links'], [
      { message: 'is invalid', meta: { validation: 'embed', type: 'array of map' } },
    ])
  })
})

describe('traverses errors with embeds_many', () => {
  it('has a place for each row', () => {
    const changeset = castLinks(build(Post), { links: [{ url: 'a' }, { title: 'b' }] })

    assert.equal(changeset.valid, false)
    assert.deepEqual(traverseErrors(changeset), { links: [{}, { url: ["can't be blank"] }] })
  })
})

describe('put_embed', () => {
  it('update', () => {
    const changeset = putEmbed(change(postWith([one, two])), 'links', [
      { id: IDS[0] ?? '', title: 'One' },
      change(two as Link, { title: 'Two' }),
    ])

    assert.deepEqual(done(getChange(changeset, 'links')), [
      ['update', IDS[0], { title: 'One' }],
      ['update', IDS[1], { title: 'Two' }],
    ])
    assert.equal(getEmbed(changeset, 'links', 'row')[1]?.title, 'Two')
  })

  it('of a row from elsewhere is an insert: it is copied', () => {
    const changeset = putEmbed(change(build(Post)), 'links', [one as Link])

    assert.deepEqual(done(getChange(changeset, 'links')), [['insert', IDS[0], {}]])
  })

  it('as put and change do; force_change and cast say where to go', () => {
    const changeset = change(build(Post), { links: [{ url: 'a' }], settings: { theme: 'dark' } })

    assert.deepEqual(done(getChange(changeset, 'links')), [['insert', null, { url: 'a' }]])
    assert.equal(getField(changeset, 'settings')?.theme, 'dark')
    assert.throws(
      // @ts-expect-error an embed is not cast as a field is
      () => cast(build(Post), {}, ['links']),
      /Use castEmbed\('links'/,
    )
  })
})

describe('embeds without a primary key', () => {
  const Plain = schema('plain_posts', {
    id: t.id(),
    settings: embedsOne(Settings),
    all: embedsMany(Settings, { onReplace: 'delete' }),
  })
  const cast1 = (post: Base<typeof Post>, settings: unknown) =>
    check(
      cast(post, { settings }, []),
      castEmbed('settings', { with: (row, params) => cast(row, params, ['theme', 'columns']) }),
    )
  const dark = stored(Settings, { theme: 'dark', columns: 2 })
  const post = stored(Post, { id: 1, title: 'x', settings: dark })

  it('replacing: what is sent stands in the place of what was there', () => {
    const { settings } = cast1(post, { columns: 3 }).changes

    assert.deepEqual(
      [settings?.action, settings?.row.theme, settings?.changes],
      ['insert', 'plain', { columns: 3 }],
    )
    assert.deepEqual(cast1(post, null).changes, { settings: null })
  })

  it('replacing needs an onReplace that lets the old one go', () => {
    const plain = stored(Plain, { id: 1, settings: dark, all: [dark] })

    assert.throws(() => putEmbed(change(plain), 'settings', { theme: 'light' }), {
      name: 'ChangesetError',
      message:
        /"settings" of "plain_posts" .* its onReplace is 'raise'.*one of 'delete', 'update'/s,
    })
    assert.deepEqual(
      done(getChange(putEmbed(change(plain), 'all', [{ theme: 'a' }, { theme: 'b' }]), 'all'))?.map(
        ([action]) => action,
      ),
      ['replace', 'insert', 'insert'],
    )
  })

  it('is no change to put the very rows there are', () => {
    const plain = stored(Plain, { id: 1, settings: dark, all: [dark] })

    assert.deepEqual(change(plain, { settings: dark, all: [dark] }).changes, {})
  })
})

describe('cast inline embeds_one', () => {
  it('casts rows of a schema that is written where it is used', () => {
    const Form = embedded({
      name: t.string(),
      address: embedsOne(embedded({ city: t.string(), zip: t.string().nullable() }), {
        onReplace: 'update',
      }),
    })
    const changeset = check(
      cast(build(Form), { name: 'Ada', address: { city: ' ', zip: '1' } }, ['name']),
      castEmbed('address', {
        with: (address, params) => check(cast(address, params, ['city', 'zip']), required('city')),
        required: true,
      }),
    )

    assert.deepEqual(traverseErrors(changeset), { address: { city: ["can't be blank"] } })
    assert.equal(getField(changeset, 'address')?.zip, '1')
  })
})
