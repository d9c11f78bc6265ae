import { globSync } from 'node:fs'
import { join } from 'node:path'
import { type AnySchema } from '@showrunner/data'

const ROOMS = join(import.meta.dirname, '..')

/** Every schema with a table that the contexts have, found at their doors, so that nobody has to list a new one. */
export async function everySchema(): Promise<readonly AnySchema[]> {
  const doors = await Promise.all(
    globSync('*/index.ts', { cwd: ROOMS }).map(
      (door): Promise<Record<string, unknown>> => import(join(ROOMS, door)),
    ),
  )
  const found = doors.flatMap((door) => Object.values(door)).filter(isSchema)
  return [...new Set(found)].toSorted((a, b) => (a.source < b.source ? -1 : 1))
}

function isSchema(exported: unknown): exported is AnySchema {
  return (
    typeof exported === 'object' &&
    exported !== null &&
    'columns' in exported &&
    'kind' in exported &&
    exported.kind === 'table'
  )
}
