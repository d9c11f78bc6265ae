import { type AnySchema, type FieldName, type Query, sql } from '@showrunner/data'

/**
 * In the order somebody asked for, `title` or `-title`, if it is one of these; else in the first of them. Text as people
 * sort it: `ä` beside `a`, small letters beside capitals. Rows alike in that stay in one order, so that no page repeats what
 * another has shown.
 */
export function sorted<S extends AnySchema, Spec>(
  query: Query<S, Spec>,
  sorts: readonly [SortOf<S>, ...SortOf<S>[]],
  wanted: string | undefined,
): Query<S, Spec> {
  const [usual] = sorts
  const bare = (sort: string) => sort.replace(/^-/, '')
  const sort = sorts.some((one) => bare(one) === bare(wanted ?? '')) ? (wanted ?? usual) : usual
  const direction = sort.startsWith('-') ? 'desc' : 'asc'
  const field = bare(sort)
  const isText = query.schema.fields[field]?.type.name === 'string'

  // `field` is one of `sorts`, and every table has an id.
  const first = isText
    ? query.orderBy((eb) => sql`${eb.ref(field as never)} collate "und-x-icu"`, direction)
    : query.orderBy({ [field]: direction } as never)
  return first.orderBy({ id: direction } as never)
}

/** A field by which a list is sorted. */
export type SortOf<S extends AnySchema> = FieldName<S> | `-${FieldName<S>}`
