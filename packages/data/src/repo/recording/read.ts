/** What one statement looked at in one table: every row whose change could change its answer is among these. */
export interface Read {
  /** Nothing, where an expression that names no table compares moments. */
  readonly table: string
  /** Rows count only where each of these columns has one of the values: none, and any row counts. */
  readonly scopes: readonly Scope[]
  /** The moments that rows were compared with: as time goes by, so may the answer. */
  readonly moments: readonly Moment[]
}

/** By the names and in the words of the database: `podcast_id`, `'1'`. */
export interface Scope {
  readonly column: string
  readonly values: readonly string[]
}

export interface Moment {
  /** Undefined where it stands in an expression, and what it is compared with cannot be seen. */
  readonly column: string | undefined
  /** As it stood in the query: `column <= at`. */
  readonly operator: string | undefined
  readonly at: Date
}

export function wholeTable(table: string): Read {
  return { table, scopes: [], moments: [] }
}
