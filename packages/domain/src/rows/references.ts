import { type SentRow } from './sent-rows.ts'

/** What a picker sends for a row: what it is called, and in brackets what it is known by: `Ada Lovelace (ada)`. */
export function reference(name: string, key: string): string {
  return `${name} (${key})`
}

/** The id of a row by each of these texts, as far as they name one. */
export type Known = (texts: readonly string[]) => Promise<ReadonlyMap<string, number>>

/** Rows with the id of what was picked in them, in place of its name; none where nobody has that name. */
export async function picked(
  rows: readonly SentRow[],
  {
    field,
    sentAs,
    known,
  }: { readonly field: string; readonly sentAs: string; readonly known: Known },
): Promise<readonly SentRow[]> {
  const textIn = (row: SentRow): string | undefined => {
    const text = row[sentAs]
    return typeof text === 'string' ? text.trim() : undefined
  }
  const texts = rows.flatMap((row) => textIn(row) ?? []).filter((text) => text !== '')
  const ids = texts.length > 0 ? await known(texts) : new Map<string, number>()

  return rows.map((row) => {
    const text = textIn(row)
    return text === undefined ? row : { ...row, [field]: ids.get(text) ?? null }
  })
}

interface Named {
  readonly id: number
  readonly name: string
  /** What nobody else has: a handle, a slug. */
  readonly key: string
}

const REFERENCE = /\(([a-z0-9][a-z0-9_-]*)\)\s*$/i

/** Finds rows by the texts that pickers send: by the key in brackets, the key alone, or a name that only one has. */
export function knownBy(find: (words: readonly string[]) => Promise<readonly Named[]>): Known {
  return async (texts) => {
    const keyOf = (text: string) => REFERENCE.exec(text)?.[1]?.toLowerCase() ?? text
    const found = await find([...new Set(texts.flatMap((text) => [text, keyOf(text)]))])
    const byKey = new Map(found.map(({ key, id }) => [key, id]))
    const byName = Map.groupBy(found, ({ name }) => name)

    return new Map(
      texts.flatMap((text) => {
        const named = byName.get(text) ?? []
        const id = byKey.get(keyOf(text)) ?? (named.length === 1 ? named[0]?.id : undefined)
        return id === undefined ? [] : [[text, id] as const]
      }),
    )
  }
}
