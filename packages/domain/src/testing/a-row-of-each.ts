import { randomBytes } from 'node:crypto'
import { type AnySchema, build, type Repo } from '@showrunner/data'
import { type Podcast } from '../podcasts/index.ts'

type Column = AnySchema['columns'][number]

/** What cannot be guessed from a field's type and name. */
const SAID: Readonly<Record<string, unknown>> = {
  'chapters.hidden': true,
  // Without one it is to the newsletter, which is no podcast's.
  'subscriptions.podcastId': 'the podcast',
}

/**
 * A row in each of these tables for a podcast, with as little in it as may be, and what they need besides: their ids,
 * by table. Values are made up from the types of the fields, so that a new schema has its row without being named here.
 */
export async function aRowOfEach(
  repo: Repo,
  podcast: Podcast,
  schemas: readonly AnySchema[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map([['podcasts', podcast.id]])

  async function idOf(schema: AnySchema): Promise<number> {
    const known = ids.get(schema.source)
    if (known !== undefined) return known
    const needed = schema.columns.filter((column) => isNeeded(schema, column))
    const values: Record<string, unknown> = {}
    for (const column of needed) values[column.name] = await valueOf(schema, column)
    const row = await repo.insertOrThrow(build<AnySchema, object>(schema, values))
    const id = Number(Reflect.get(row, 'id'))
    ids.set(schema.source, id)
    return id
  }

  async function valueOf(schema: AnySchema, column: Column): Promise<unknown> {
    if (column === schema.tenant) return podcast.id
    const target = targetOf(schema, column)
    return target ? idOf(target) : (SAID[`${schema.source}.${column.name}`] ?? madeUp(column))
  }

  for (const schema of schemas) await idOf(schema)
  return ids
}

function isNeeded({ source }: AnySchema, { name, field }: Column): boolean {
  if (`${source}.${name}` in SAID) return true
  return !field.isNullable && !field.isOptional && !field.isPrimaryKey
}

/** The schema that a field refers to: `episodeId` to that of `episode`. */
function targetOf(schema: AnySchema, { name }: Column): AnySchema | undefined {
  const associations: Record<string, { readonly kind: string; readonly target?: AnySchema }> =
    Object(schema.associations())
  const association = associations[name.replace(/Id$/, '')]
  return name.endsWith('Id') && association?.kind === 'belongsTo' ? association.target : undefined
}

function madeUp({ name, field }: Column): unknown {
  const unique = randomBytes(32).toString('hex')
  switch (field.type.name) {
    case 'boolean':
      return false
    case 'date':
      return '2026-03-01'
    case 'datetime':
      return new Date('2026-03-01T09:00:00Z')
    case 'json':
      return []
    case 'enum':
      return wordsOf(field)[0]
    case 'string':
      if (/url$/i.test(name)) return `https://${unique}.example/`
      return /email$/i.test(name) ? `${unique}@example.com` : unique
    default:
      return 1
  }
}

/** The words an enum knows, as its error names them. */
function wordsOf({ type }: Column['field']): readonly unknown[] {
  const done = type.cast('')
  const words = done.ok ? undefined : done.meta?.['enum']
  return Array.isArray(words) ? words : []
}
