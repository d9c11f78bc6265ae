import { associationNamed, associationNames } from '../schema/associations.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type AnyChangeset } from './changeset.ts'
import { isRelation, relatedChangesets } from './related-changesets.ts'

const SECRET = '**redacted**'

/** A copy of what was sent for rows of this schema in which redacted fields are secret, and what repeats them too. */
export function redacted(schema: AnySchema, sent: unknown): unknown {
  if (Array.isArray(sent)) return sent.map((item) => redacted(schema, item))
  if (!isRecord(sent)) return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      if (isSecret(schema, name)) return [name, SECRET]
      // Rows that a form numbers stand under their numbers, and are of this schema.
      return [name, redacted(schemaAt(schema, name) ?? schema, value)]
    }),
  )
}

function isSecret({ fields }: AnySchema, name: string): boolean {
  const field = name.replace(/(?<=.)Confirmation$/, '')
  return [name, field].some((one) => Object.hasOwn(fields, one) && fields[one]?.isRedacted)
}

function schemaAt(schema: AnySchema, name: string): AnySchema | undefined {
  if (Object.hasOwn(schema.fields, name)) return schema.fields[name]?.type.embed?.schema
  return associationNames(schema).includes(name) ? associationNamed(schema, name).target : undefined
}

/** The changes as plain values, however deep, with redacted fields secret. */
export function redactedChanges(changeset: AnyChangeset): Record<string, unknown> {
  const { schema, changes } = changeset
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]: [string, unknown]) => {
      if (!isRelation(schema, name)) return [name, isSecret(schema, name) ? SECRET : value]
      const related = relatedChangesets(changeset, name).map(redactedChanges)
      return [name, Array.isArray(value) ? related : (related[0] ?? null)]
    }),
  )
}

/** The changes as they are, with redacted fields secret. */
export function shownChanges({ schema, changes }: AnyChangeset): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]: [string, unknown]) => [
      name,
      isSecret(schema, name) ? SECRET : value,
    ]),
  )
}
