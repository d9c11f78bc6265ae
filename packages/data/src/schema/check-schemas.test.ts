import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Client } from 'pg'

import { Author, Book, libraryTests, Profile, Review } from '../testing/library.ts'
import { belongsTo } from './association.ts'
import { checkSchemas } from './check-schemas.ts'
import { type AnySchema, schema } from './schema.ts'
import { t as types } from './types.ts'

const { url } = libraryTests()

async function check(schemas: readonly AnySchema[]): Promise<readonly string[] | undefined> {
  const database = url()
  if (database === undefined) return undefined
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    return await checkSchemas(client, schemas)
  } finally {
    await client.end()
  }
}

describe('checkSchemas', () => {
  it('finds nothing where schemas and database agree', async (t) => {
    const problems = await check([Author, Profile, Book, Review])
    if (!problems) return t.skip('TEST_DATABASE_URL is not set')
    assert.deepEqual(problems, [])
  })

  it('says each thing in which they differ', async (t) => {
    const problems = await check([
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
    if (!problems) return t.skip('TEST_DATABASE_URL is not set')

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
  })
})
