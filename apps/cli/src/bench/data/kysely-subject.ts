import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import {
  beforeHundred,
  CONNECTIONS,
  episodeOf,
  noteOf,
  NOTES,
  notesTable,
  type Subject,
} from './subject.ts'
import { type Tables } from './kysely-tables.ts'
import { episode, levels, page } from './kysely-trees.ts'

/** As somebody would write it who has Kysely, a pool of `pg`, and values that need no checking. */
export function kyselySubject(url: string): Subject {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const notes = notesTable('kysely') as 'bench_notes_kysely'
  return {
    works: {
      get: (turn) => episode(db, String(episodeOf(turn))),
      all: (turn) =>
        db
          .selectFrom('episodes')
          .selectAll()
          .where('id', '>', String(beforeHundred(turn)))
          .orderBy('id')
          .limit(100)
          .execute(),
      insert: (turn) =>
        db.insertInto(notes).values(rowOf(turn)).returningAll().executeTakeFirstOrThrow(),
      update: (turn) =>
        db
          .updateTable(notes)
          .set({
            title: `Title ${turn}`,
            subtitle: `Subtitle ${turn}`,
            updated_at: new Date(),
          })
          .where('id', '=', String(1 + (turn % NOTES)))
          .returningAll()
          .executeTakeFirstOrThrow(),
      page: (turn) => page(db, String(episodeOf(turn))),
    },
    prepare: async () => undefined,
    levels: (parents) => levels(db, parents),
  }
}

function rowOf(turn: number) {
  const { publishedAt, ...note } = noteOf(turn)
  const now = new Date()
  return { ...note, podcast_id: '1', published_at: publishedAt, inserted_at: now, updated_at: now }
}
