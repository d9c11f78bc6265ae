import { type RootOperationNode } from 'kysely'

import { QueryError } from '../../errors.ts'
import { type Described } from '../../query/model.ts'
import { type Ambient } from '../context.ts'
import { type ReadListener, wholeTable } from './read.ts'
import { readsOfNode } from './reads-of-node.ts'
import { readsOfQuery } from './reads-of-query.ts'

/** Runs the work, and tells the listener what it reads: see Repo. Whoever records around it is told as well. */
export function recorded<T>({ recorders }: Ambient, listener: ReadListener, work: () => T): T {
  const around = recorders.getStore()
  return recorders.run((reads) => {
    listener(reads)
    around?.(reads)
  }, work)
}

/** Tells whoever records of a query that is about to run. */
export function recordQuery({ recorders }: Ambient, query: Described): void {
  const listener = recorders.getStore()
  if (listener) listener(readsOfQuery(query))
}

/** Tells whoever records of a statement built with Kysely, or by hand. */
export function recordStatement(
  { recorders }: Ambient,
  node: RootOperationNode,
  tables: readonly string[] | undefined,
): void {
  const listener = recorders.getStore()
  if (!listener) return
  if (tables?.length === 0) {
    throw new QueryError(
      'repo.run(…, { reads: [] }) names no table. Leave `reads` out of what reads none.',
    )
  }
  listener(tables ? tables.map(wholeTable) : readsOfNode(node))
}
