import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { from } from '../query/from.ts'
import { Comment, Post, User } from '../testing/blog.ts'
import { Article, Note, press, pressTests, Writer } from '../testing/press.ts'
import { belongsTo, hasMany } from './association.ts'
import { assocLoaded, buildAssoc } from './associated.ts'
import { build, stateOf } from './instance.ts'
import { schema } from './schema.ts'
import { t } from './types.ts'

const { sandboxed } = pressTests()

describe('assoc_loaded?/1', () => {
  it(
    'is true for a row, rows, null and an empty list',
    sandboxed(async (repo) => {
      const { ash } = await press(repo)
      const loaded = await repo.preload(ash, 'notes', 'writerPortrait', { writer: 'mentor' })
      assert.ok(assocLoaded(loaded, 'notes'))
      assert.ok(assocLoaded(loaded, 'writerPortrait'))
      assert.ok(assocLoaded(loaded, 'writer'))
      assert.equal(assocLoaded(ash, 'notes'), false)
      assert.equal(assocLoaded(loaded, 'labels'), false)
      assert.ok(assocLoaded(build(Article, { writer: null }), 'writer'))
    }),
  )

  it(
    'tells the compiler',
    sandboxed(async (repo) => {
      const { rain } = await press(repo)
      const given: Article = await repo.preload(rain, 'notes')
      // @ts-expect-error nobody knows whether they are loaded
      assert.equal(given.notes.length, 3)
      assert.ok(assocLoaded(given, 'notes'))
      assert.equal(given.notes.length, 3)
    }),
  )

  it('refuses what is no association', () => {
    assert.throws(
      // @ts-expect-error there is no such association
      () => assocLoaded(build(Article), 'note'),
      /Did you mean "notes"\?/,
    )
  })
})

const Shelf = schema('shelves', { id: t.id(), room: t.string() }, () => ({
  books: hasMany(Book, {
    foreignKey: 'shelfId',
    defaults: { state: 'new', note: 'from the shelf' },
  }),
  located: hasMany(Book, {
    foreignKey: 'shelfId',
    defaults: (owner: object) => ({ note: String(Reflect.get(owner, 'room')) }),
  }),
}))
const Book = schema(
  'books',
  { id: t.id(), shelfId: t.reference().nullable(), state: t.string(), note: t.string().nullable() },
  () => ({ shelf: belongsTo(Shelf, { defaults: { room: 'attic' } }) }),
)

describe('build_assoc/3', () => {
  it('sets the foreign key of has_many and has_one', () => {
    const comment = buildAssoc(build(Post, { id: 7 }), 'comments', { text: 'hi' })
    assert.equal(comment.postId, 7)
    assert.equal(comment.text, 'hi')
    assert.equal(comment.state, 'new')
    assert.equal(stateOf(comment), 'built')
    assert.equal(buildAssoc(build(Post, { id: 7 }), 'permalink').postId, 7)
  })

  it('leads to this row whatever the values say', () => {
    assert.equal(buildAssoc(build(Post, { id: 7 }), 'comments', { postId: 8 }).postId, 7)
  })

  it('of belongs_to and many_to_many has no key to set', () => {
    assert.equal(buildAssoc(build(Comment, { id: 3 }), 'author', { name: 'Zoe' }).id, null)
    const editor = buildAssoc(build(Post, { id: 7 }), 'editors', { name: 'Abe' })
    assert.deepEqual([editor.name, editor.id], ['Abe', null])
  })

  it('begins with the defaults of the association', () => {
    const shelf = build(Shelf, { id: 2, room: 'cellar' })
    const book = buildAssoc(shelf, 'books', { note: 'mine' })
    assert.deepEqual([book.state, book.note, book.shelfId], ['new', 'mine', 2])
    assert.equal(buildAssoc(shelf, 'located').note, 'cellar')
    assert.equal(buildAssoc(book, 'shelf').room, 'attic')
  })

  it('may be given rows of its own', () => {
    const comment = buildAssoc(build(Post), 'comments', { author: build(User, { name: 'Zoe' }) })
    assert.equal(comment.author?.name, 'Zoe')
  })

  it('refuses fields that are none, and a through', () => {
    assert.throws(
      // @ts-expect-error there is no such field
      () => buildAssoc(build(Post), 'comments', { texts: 'hi' }),
      /unknown field "texts" given to build\(\) for "blog_comments"\. Did you mean "text"\?/,
    )
    assert.throws(
      // @ts-expect-error it goes through others
      () => buildAssoc(build(Post), 'commenters'),
      {
        name: 'ChangesetError',
        message:
          'buildAssoc() cannot build a row of "commenters" of "blog_posts", which goes through other associations ' +
          '(comments, author). Build rows of those.',
      },
    )
  })
})

describe('an association that is not loaded', () => {
  it(
    'says which preload to add, and inside what',
    sandboxed(async (repo) => {
      await press(repo)
      const [article] = await repo.all(
        from(Article).where({ title: 'Rain' }).preload({ notes: 'reader' }),
      )
      const message = (touch: () => unknown): string => {
        try {
          return String(touch())
        } catch (error) {
          return error instanceof Error ? error.message : ''
        }
      }
      assert.equal(
        message(() => article?.labels),
        'the association "labels" of "press_articles" is not loaded. Add .preload(\'labels\') to the query, or ' +
          "repo.preload(row, 'labels') to a row you have.",
      )
      assert.match(
        message(() => article?.notes[0]?.reader?.portrait),
        /of "press_writers" is not loaded\. .+ Where it came with a row of "press_articles", that is \.preload\(\{ notes: \{ reader: 'portrait' \} \}\)\./,
      )
      assert.match(
        message(() => article?.notes[0]?.article),
        /"press_articles", that is \.preload\(\{ notes: 'article' \}\)\./,
      )
    }),
  )

  it(
    'does not show where a row is printed, and is not in its JSON',
    sandboxed(async (repo) => {
      const { zoe, rain } = await press(repo)
      assert.equal(JSON.stringify(zoe), '{"id":3,"name":"Zoe","mentorId":null}')
      assert.equal(inspect(zoe), "{ id: 3, name: 'Zoe', mentorId: null }")
      assert.deepEqual(Object.keys(zoe), ['id', 'name', 'mentorId'])
      assert.deepEqual({ ...zoe }, { id: 3, name: 'Zoe', mentorId: null })
      const loaded = await repo.preload(zoe, 'portrait', { articles: 'notes' })
      assert.equal(
        JSON.stringify(loaded),
        '{"id":3,"name":"Zoe","mentorId":null,"portrait":null,"articles":[]}',
      )
      const [note] = (await repo.preload(rain, { unsigned: 'reader' }, 'signed')).signed
      assert.equal(JSON.stringify(note), '{"id":1,"articleId":1,"readerId":1,"text":"d","stars":4}')
    }),
  )

  it('nor does a redacted field, which is in the row and its JSON', () => {
    const user = build(User, { id: 1, name: 'Zoe', email: 'zoe@example.org' })
    assert.equal(inspect({ user }), "{ user: { id: 1, name: 'Zoe' } }")
    assert.equal(user.email, 'zoe@example.org')
    assert.equal(JSON.stringify(user), '{"id":1,"name":"Zoe","email":"zoe@example.org"}')
  })

  it('is told apart from one that is null', () => {
    const note = build(Note, { reader: null })
    assert.equal(note.reader, null)
    assert.throws(() => build(Writer).mentor, { name: 'AssociationNotLoadedError' })
  })
})
