import { type AnyChangeset, type Repo, stateOf, type WriteEvent } from '@showrunner/data'
import { fieldChanges, type RowChange, saidFields } from './changes.ts'
import { titlesOf } from './titles.ts'

/** Of more rows nobody reads what became of each. */
const MOST_ROWS = 200

/** What a write did to the rows in its relations. */
export async function rowChanges(
  repo: Repo,
  { schema, changeset, row }: WriteEvent,
): Promise<readonly RowChange[]> {
  const changes: RowChange[] = []
  for (const [relation, proposed] of Object.entries(changeset.changes)) {
    if (Object.hasOwn(schema.fields, relation)) continue
    const written: unknown = Reflect.get(row, relation)
    const nested = nestedIn(proposed).filter((one) => !isNothing(one))
    changes.push(...(await relationChanges(repo, relation, nested, listOf(written))))
  }
  return changes.slice(0, MOST_ROWS)
}

async function relationChanges(
  repo: Repo,
  relation: string,
  nested: readonly AnyChangeset[],
  written: readonly object[],
): Promise<readonly RowChange[]> {
  const [first] = nested
  if (!first) return []
  const { schema } = first
  const staying = nested.filter((one) => !isLeaving(one))
  const now = new Map(staying.map((one, place) => [one, written[place] ?? one.row]))
  const titles = await titlesOf(
    repo,
    schema,
    nested.map((one) => now.get(one) ?? one.row),
  )
  return nested.flatMap((one, place): readonly RowChange[] => {
    const change = whatBecame(one)
    const after = now.get(one)
    const before = change === 'added' ? undefined : one.row
    const said = change === 'changed' ? Object.keys(one.changes) : saidFields(schema)
    const fields = fieldChanges(schema, said, { before, after })
    if (change === 'changed' && Object.keys(fields).length === 0) return []
    const id: unknown = Reflect.get(after ?? one.row, 'id')
    const title = titles[place] ?? ''
    return [{ relation, change, id: typeof id === 'number' ? id : null, title, fields }]
  })
}

function whatBecame(changeset: AnyChangeset): RowChange['change'] {
  if (isLeaving(changeset)) return 'removed'
  return changeset.action === 'insert' ? 'added' : 'changed'
}

/** One that a form ignores, and a new one that it takes away again. */
function isNothing(changeset: AnyChangeset): boolean {
  if (changeset.action === 'ignore') return true
  return isLeaving(changeset) && stateOf(changeset.row) === 'built'
}

function isLeaving({ action }: AnyChangeset): boolean {
  return action === 'delete' || action === 'replace'
}

/** What changes a relation is changesets, one or several, or null. */
function nestedIn(proposed: unknown): readonly AnyChangeset[] {
  return listOf(proposed) as readonly AnyChangeset[]
}

function listOf(value: unknown): readonly object[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? [value] : []
}
