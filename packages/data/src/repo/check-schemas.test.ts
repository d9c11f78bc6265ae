import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Author, Book, libraryTests, Profile, Review } from '../testing/library.ts'
import { belongsTo } from '../schema/association.ts'
import { checkSchemas } from './check-schemas.ts'
import { schema } from '../schema/schema.ts'
import { t as types } from '../schema/types.ts'

const { sandboxed } = libraryTests()

describe('checkSchemas', () => {
  it(
    'finds nothing where schemas and database agree',
    sandboxed(async (repo) => {
      assert.deepEqual(await checkSchemas(repo, [Author, Profile, Book, Review]), [])
    }),
  )

  it(
    'says each thing in which they differ',
    sandboxed(async (repo) => {
      const problems = await checkSchemas(repo, [
        schema('library_profiles', {
          id: types.id(),
          authorId: types.integer(),
          about: types.string(),
        }),
        schema('library_reviews', {
          id: types.id(),
          bookId: types.reference().nullable(),
          stars: types.integer(),
          body: types.string(),
        }),
        schema('library_shelves', { id: types.id() }),
        schema('library_authors', { ...Author.fields }, () => ({ shelf: belongsTo(Book) })),
      ])

      assert.deepEqual(problems.slice(0, 6), [
        'library_profiles.author_id (field "authorId") is bigint in the database, and integer or smallint by the schema',
        'library_profiles.about (field "about") is not in the database',
        'library_profiles.bio (text) is in the database but not in the schema',
        'library_reviews.book_id (field "bookId") is not null in the database, and may be null by the schema',
        'library_reviews.body (field "body") may be null in the database, and is not null by the schema',
        'there is no table "library_shelves" in the database',
      ])
      assert.match(problems[6] ?? '', /the association "shelf" needs the foreign key "shelfId"/)
      assert.equal(problems.length, 7)
    }),
  )
})
