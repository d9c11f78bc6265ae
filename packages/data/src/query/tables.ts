import {
  DummyDriver,
  Kysely,
  type KyselyPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'

import { type AssociationName, type Columns, type TargetOf } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { databaseNames } from './kysely-names.ts'

/** Kysely's table types of these schemas, by table name, with camelCase columns. */
export type Tables<S extends AnySchema> = { [T in S as T['source']]: Columns<T> }

/** The tables an expression in a query on this schema may name: its own, and its associations'. */
export type TablesAround<S extends AnySchema> = Tables<
  | S
  | {
      [K in AssociationName<S>]: TargetOf<S, ReturnType<S['associations']>[K]>
    }[AssociationName<S>]
>

/**
 * A Kysely builder for the tables of these schemas, for what a Query cannot say. It builds only: give
 * what it built to `repo.run`.
 */
export function tablesOf<const Schemas extends readonly AnySchema[]>(
  _schemas: Schemas,
): Kysely<Tables<Schemas[number]>> {
  return builder<Tables<Schemas[number]>>()
}

/** A Kysely that takes names as they are written in TypeScript. */
export function builder<Database>(): Kysely<Database> {
  return kyselyWith<Database>([databaseNames])
}

/** A Kysely that takes names as the database has them. */
export function plainBuilder<Database>(): Kysely<Database> {
  return kyselyWith<Database>([])
}

function kyselyWith<Database>(plugins: KyselyPlugin[]): Kysely<Database> {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins,
  })
}
