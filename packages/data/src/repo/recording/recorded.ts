import { type RootOperationNode } from 'kysely'

import { QueryError } from '../../errors.ts'
import { type Described } from '../../query/model.ts'
import { type Ambient } from '../context.ts'
import { type Read, wholeTable } from './read.ts'
import { addReadsOfNode } from './reads-of-node.ts'
import { addReadsOfQuery } from './reads-of-query.ts'

/** What whoever records takes down, and what whoever records around it. */
export interface Recorder {
  readonly reads: Read[]
  readonly around: Recorder | undefined
}

/** Runs the work, and adds what it reads: see Repo. Whoever records around it is told as well. */
export function recorded<T>({ recorders }: Ambient, reads: Read[], work: () => T): T {
  return recorders.run({ reads, around: recorders.getStore() }, work)
}

/** Tells whoever records of a query that is about to run. */
export function recordQuery({ recorders }: Ambient, query: Described): void {
  const recorder = recorders.getStore()
  if (recorder) note(recorder, (reads) => addReadsOfQuery(query, reads))
}

/** Tells whoever records of a statement built with Kysely, or by hand. */
export function recordStatement(
  { recorders }: Ambient,
  node: RootOperationNode,
  tables: readonly string[] | undefined,
): void {
  const recorder = recorders.getStore()
  if (!recorder) return
  if (tables?.length === 0) {
    throw new QueryError(
      'repo.run(…, { reads: [] }) names no table. Leave `reads` out of what reads none.',
    )
  }
  note(recorder, (reads) => {
    if (tables) reads.push(...tables.map(wholeTable))
    else addReadsOfNode(node, reads)
  })
}

function note({ reads, around }: Recorder, add: (reads: Read[]) => void): void {
  const before = reads.length
  add(reads)
  for (let one = around; one; one = one.around) one.reads.push(...reads.slice(before))
}
