import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { type Association, belongsTo } from '../schema/association.ts'
import { embedded, schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'
import { PostEditor, Rating } from '../testing/blog.ts'
import { Post } from '../testing/post.ts'
import { applyChanges } from './apply.ts'
import { change } from './change.ts'
import { type Changeset } from './changeset.ts'
import { type ConstraintType, declaredAs } from './constraint.ts'
import {
  assocConstraint,
  checkConstraint,
  exclusionConstraint,
  foreignKey,
  noAssocConstraint,
  unique,
} from './constraints.ts'
import { optimisticLock, prepareChanges } from './prepare.ts'
import { check, type Validator } from './rule.ts'

function declared(...rules: Validator<typeof Post>[]): Changeset<typeof Post> {
  return check(change(build(Post)), ...rules)
}

/** The field and message that a violation of this name becomes. */
function becomes(type: ConstraintType, name: string, ...rules: Validator<typeof Post>[]): unknown {
  const found = declaredAs(declared(...rules).constraints, { type, name })
  return found && [found.field, found.message]
}

describe('unique_constraint/3', () => {
  it('names', () => {
    const taken = ['title', 'has already been taken']
    assert.deepEqual(becomes('unique', 'posts_title_index', unique('title')), taken)
    assert.deepEqual(becomes('unique', 'posts_title_key', unique('title')), taken)
    assert.deepEqual(becomes('unique', 'posts_pkey', unique('id')), ['id', taken[1]])
    assert.equal(becomes('unique', 'posts_pkey', unique('title')), undefined)
    assert.equal(becomes('unique', 'posts_body_index', unique('title')), undefined)
    assert.equal(becomes('check', 'posts_title_index', unique('title')), undefined)
    assert.deepEqual(becomes('unique', 'mine', unique('title', { name: 'mine' })), taken)
    assert.equal(becomes('unique', 'posts_title_key', unique('title', { name: 'mine' })), undefined)
  })

  it(':source', () => {
    assert.deepEqual(becomes('unique', 'posts_color_index', unique('colour')), [
      'colour',
      'has already been taken',
    ])
  })

  it('with multiple fields', () => {
    const both = unique<typeof Post>(['title', 'colour'], {
      message: 'is used',
      errorField: 'body',
    })
    assert.deepEqual(becomes('unique', 'posts_title_color_index', both), ['body', 'is used'])
    const [constraint] = check(change(build(Rating)), unique(['year', 'place'])).constraints
    assert.ok(constraint?.alternates.includes('blog_ratings_pkey'))
  })

  it('match', () => {
    const suffix = unique<typeof Post>('title', { name: '_title', match: 'suffix' })
    assert.deepEqual(becomes('unique', 'shard_1_title', suffix)?.constructor, Array)
    assert.equal(becomes('unique', 'shard_title_1', suffix), undefined)
    const prefix = unique<typeof Post>('title', { name: 'shard_', match: 'prefix' })
    assert.ok(becomes('unique', 'shard_1_title', prefix))
    assert.equal(becomes('unique', 'other_shard_', prefix), undefined)
  })

  it('regex', () => {
    const pattern = unique<typeof Post>('title', { name: /^shard_\d+_title$/g })
    assert.ok(becomes('unique', 'shard_12_title', pattern))
    assert.ok(becomes('unique', 'shard_12_title', pattern))
    assert.equal(becomes('unique', 'shard_x_title', pattern), undefined)
  })

  it('refuses a match that there is not, and one beside a pattern', () => {
    const match: object = { match: 'anywhere' }
    assert.throws(() => declared(unique('title', match)), {
      name: 'ChangesetError',
      message: `a constraint's match is 'exact', 'suffix' or 'prefix', got: 'anywhere'`,
    })
    assert.throws(() => declared(unique('title', { name: /x/, match: 'suffix' })), {
      message: /named by a pattern is matched by it alone/,
    })
  })

  it('refuses a field that there is not, or that is in no table', () => {
    // @ts-expect-error there is no such field
    assert.throws(() => declared(unique('titel')), { name: 'UnknownFieldError' })
    assert.throws(() => declared(unique('slogan')), { name: 'UnknownFieldError' })
  })

  it('refuses an option that there is not', () => {
    const options: object = { mesage: 'is used' }
    assert.throws(() => declared(unique('title', options)), {
      name: 'ChangesetError',
      message: /^unknown option "mesage" given to a constraint\. Did you mean "message"\?/,
    })
  })

  it('is cut where PostgreSQL cuts names', () => {
    const [constraint] = declared(unique('title', { name: 'é'.repeat(40) })).constraints
    assert.equal(constraint?.name, 'é'.repeat(31))
  })
})

it('of several that match, the last declared one speaks', () => {
  const rules = [unique<typeof Post>('title'), unique<typeof Post>('title', { message: 'is used' })]
  assert.deepEqual(becomes('unique', 'posts_title_index', ...rules), ['title', 'is used'])
})

describe('foreign_key_constraint/3', () => {
  it('names', () => {
    const missing = ['authorId', 'does not exist']
    assert.deepEqual(
      becomes('foreign key', 'posts_author_id_fkey', foreignKey('authorId')),
      missing,
    )
    const named = foreignKey<typeof Post>('authorId', { name: 'writer', message: 'is nobody' })
    assert.deepEqual(becomes('foreign key', 'writer', named), ['authorId', 'is nobody'])
    assert.equal(declared(foreignKey('authorId')).constraints[0]?.kind, 'foreign')
  })

  it(':source', () => {
    const Page = schema(
      'pages',
      { id: t.id(), bookId: t.reference().source('volume') },
      (): { book: Association<'belongsTo', typeof Post, 'bookId'> } => ({
        book: belongsTo(Post, { foreignKey: 'bookId' }),
      }),
    )
    const page = check(change(build(Page)), foreignKey('bookId'), assocConstraint('book'))
    assert.deepEqual(
      page.constraints.map(({ name }) => name),
      ['pages_volume_fkey', 'pages_volume_fkey'],
    )
  })
})

describe('check/unique/foreign_key/assoc/no_assoc/exclusion_constraint/3', () => {
  it('take a name, a match and a regex, and a message that is text', () => {
    const part = { name: '_shard', match: 'suffix', message: 'is odd' } as const
    const whole = { name: /_shard$/, message: 'is odd' }
    for (const options of [part, whole]) {
      const rules = [
        checkConstraint<typeof Post>('upvotes', options),
        unique<typeof Post>('title', options),
        foreignKey<typeof Post>('authorId', options),
        assocConstraint<typeof Post>('author', options),
        noAssocConstraint<typeof Post>('comments', options),
        exclusionConstraint<typeof Post>('body', options),
      ]
      const types = ['check', 'unique', 'foreign key', 'exclusion'] as const
      assert.deepEqual(
        types.map((type) => becomes(type, 'one_shard', ...rules)),
        ['upvotes', 'title', 'comments', 'body'].map((field) => [field, 'is odd']),
      )
      assert.equal(becomes('check', 'one_shard_2', ...rules), undefined)
    }
  })
})

describe('assoc_constraint/3', () => {
  it('is the foreign key, with the error on the association', () => {
    assert.deepEqual(becomes('foreign key', 'posts_author_id_fkey', assocConstraint('author')), [
      'author',
      'does not exist',
    ])
    assert.equal(declared(assocConstraint('author')).constraints[0]?.kind, 'assoc')
  })

  it('errors', () => {
    // @ts-expect-error there is no such association
    assert.throws(() => declared(assocConstraint('autor')), { name: 'UnknownAssociationError' })
    assert.throws(() => declared(assocConstraint('comments')), {
      name: 'ChangesetError',
      message: 'assocConstraint() is for belongsTo, and "comments" of "posts" is hasMany.',
    })
  })
})

describe('no_assoc_constraint/3', () => {
  it('is the foreign key of the other table', () => {
    const name = 'comments_post_id_fkey'
    assert.deepEqual(becomes('foreign key', name, noAssocConstraint('comments')), [
      'comments',
      'are still associated with this entry',
    ])
    assert.deepEqual(becomes('foreign key', name, noAssocConstraint('comment')), [
      'comment',
      'is still associated with this entry',
    ])
    assert.equal(declared(noAssocConstraint('comment')).constraints[0]?.kind, 'noAssoc')
  })

  it('errors', () => {
    assert.throws(() => declared(noAssocConstraint('author')), {
      message:
        'noAssocConstraint() is for hasOne and hasMany, and "author" of "posts" is belongsTo.',
    })
  })
})

describe('check_constraint/3', () => {
  it('must be named', () => {
    const named = checkConstraint<typeof Post>('upvotes', { name: 'enough' })
    assert.deepEqual(becomes('check', 'enough', named), ['upvotes', 'is invalid'])
    const nothing: object = {}
    // @ts-expect-error the name is missing
    assert.throws(() => declared(checkConstraint('upvotes', nothing)), {
      name: 'ChangesetError',
      message: /checkConstraint\('upvotes'\) needs the name of the constraint/,
    })
  })
})

describe('exclusion_constraint/3', () => {
  it('names', () => {
    const refused = ['title', 'violates an exclusion constraint']
    const rule = exclusionConstraint<typeof Post>('title')
    assert.deepEqual(becomes('exclusion', 'posts_title_exclusion', rule), refused)
    assert.deepEqual(becomes('exclusion', 'posts_title_excl', rule), refused)
    const both = exclusionConstraint<typeof Post>(['title', 'body'])
    assert.deepEqual(becomes('exclusion', 'posts_title_body_excl', both), refused)
  })
})

it('data that has no table has no constraints', () => {
  const form = change(build(embedded({ title: t.string() })))
  assert.throws(() => check(form, unique('title')), {
    name: 'ChangesetError',
    message: /cannot add a constraint to a changeset of a schema that has no table/,
  })
  assert.ok(check(change(build(PostEditor)), foreignKey('postId')))
})

describe('optimistic_lock/3', () => {
  it('default incrementer', async () => {
    const post = build(Post, { upvotes: 1 })
    const changeset = check(change(post, { title: 'x' }), optimisticLock('upvotes'))
    assert.deepEqual(changeset.changes, { title: 'x' })
    assert.deepEqual(changeset.filters, { upvotes: 1 })
    assert.deepEqual((await changeset.prepare[0]?.(changeset))?.changes, { title: 'x', upvotes: 2 })
  })

  it('begins again after the largest integer, and with 1 after nothing', async () => {
    const next = async (upvotes: number | null): Promise<unknown> => {
      const given: object = { upvotes }
      const changeset = check(change(build(Post, given)), optimisticLock('upvotes'))
      assert.deepEqual(changeset.filters, upvotes === null ? {} : { upvotes })
      return (await changeset.prepare[0]?.(changeset))?.changes
    }
    assert.deepEqual(await next(2 ** 31 - 1), { upvotes: 1 })
    assert.deepEqual(await next(null), { upvotes: 1 })
  })

  it('custom incrementer', async () => {
    const lock = optimisticLock<typeof Post, 'title'>('title', (title) => `${title}'`)
    const changeset = check(change(build(Post, { title: 'a' })), lock)
    assert.deepEqual((await changeset.prepare[0]?.(changeset))?.changes, { title: "a'" })
  })

  it('cannot count what is no number', () => {
    const changeset = check(change(build(Post, { title: 'a' })), optimisticLock('title'))
    assert.throws(() => changeset.prepare[0]?.(changeset), {
      name: 'ChangesetError',
      message: /optimisticLock\('title'\) counts numbers, and its value is 'a'/,
    })
  })
})

describe('prepare_changes/2', () => {
  it('keeps functions for the repo, in their order', async () => {
    const upper = prepareChanges<typeof Post>((one) =>
      change(one, { title: applyChanges(one).title.toUpperCase() }),
    )
    const twice = prepareChanges<typeof Post>(async (one) =>
      change(one, { title: `${applyChanges(one).title}${applyChanges(one).title}` }),
    )
    const changeset = check(change(build(Post), { title: 'a' }), upper, twice)
    const [first, second] = changeset.prepare
    assert.ok(first && second)
    assert.deepEqual((await second(await first(changeset))).changes, { title: 'AA' })
    assert.deepEqual(changeset.changes, { title: 'a' })
  })
})
