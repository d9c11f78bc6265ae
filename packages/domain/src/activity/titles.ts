import { type AnySchema, type Repo } from '@showrunner/data'

const LONGEST_TITLE = 255

/** By which fields a row is known, the best first. */
const TITLES = [
  'title',
  'name',
  'headline',
  'slug',
  'path',
  'pitch',
  'fileName',
  'url',
  'role',
  'body',
]

/** Between two others, a row is known by the one that these lead to. */
const LEADS_TO: readonly (readonly [key: string, association: string])[] = [
  ['personId', 'person'],
  ['topicId', 'topic'],
  ['newsItemId', 'newsItem'],
  ['sponsorId', 'sponsor'],
]

/** What to call rows of one schema, each in its place. */
export async function titlesOf(
  repo: Repo,
  schema: AnySchema,
  rows: readonly object[],
): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const known = Object.keys(schema.associations() ?? {})
  const leading = LEADS_TO.find(
    ([key, association]) => key in schema.fields && known.includes(association),
  )
  const [, association] = leading ?? []
  if (association === undefined || 'title' in schema.fields) {
    return rows.map((row) => ownTitle(schema, row))
  }

  // The association is one of the schema, and the rows are of it; no type of any schema says so.
  const loader = repo as unknown as Loader
  const loaded = await loader.preload(rows, association)
  return loaded.map((row) => {
    const other: unknown = Reflect.get(row, association)
    const name =
      typeof other === 'object' && other !== null ? textIn(other, ['name', 'headline']) : undefined
    return name ?? ownTitle(schema, row)
  })
}

interface Loader {
  preload(rows: readonly object[], association: string): Promise<readonly object[]>
}

function ownTitle({ fields }: AnySchema, row: object): string {
  return (
    textIn(
      row,
      TITLES.filter((name) => name in fields),
    ) ?? `#${String(Reflect.get(row, 'id') ?? '')}`
  )
}

function textIn(row: object, names: readonly string[]): string | undefined {
  const texts = names.map((name): unknown => Reflect.get(row, name))
  const text = texts.find((one): one is string => typeof one === 'string' && one.trim() !== '')
  return text?.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_TITLE)
}
