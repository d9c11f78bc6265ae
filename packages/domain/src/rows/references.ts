import { type Params } from '@showrunner/data'
import { changeRows, type SentRow, sentRows } from './sent-rows.ts'

/** What a picker sends for a row: what it is called, and in brackets what it is known by: `Ada Lovelace (ada)`. */
export function reference(name: string, key: string): string {
  return `${name} (${key})`
}

/** The id of a row by each of these texts, as far as they name one. */
export type Known = (texts: readonly string[]) => Promise<ReadonlyMap<string, number>>

/** What a picker picks: the reference, the name its text is sent by, and who knows what the text means. */
export interface Pick {
  readonly field: string
  readonly sentAs: string
  readonly known: Known
}

/** The same params with the ids of what was picked in the rows of an association; none where nobody has that name. */
export async function withPicked(
  params: Params,
  association: string,
  { field, sentAs, known }: Pick,
): Promise<Params> {
  const textIn = (row: SentRow): string | undefined => {
    const text = row[sentAs]
    return typeof text === 'string' ? text.trim() : undefined
  }
  const rows = sentRows(params, association) ?? []
  const texts = rows.flatMap((row) => textIn(row) ?? []).filter((text) => text !== '')
  const ids = texts.length > 0 ? await known(texts) : new Map<string, number>()

  return changeRows(params, association, (given) =>
    given.map((row) => {
      const text = textIn(row)
      return text === undefined ? row : { ...row, [field]: ids.get(text) ?? null }
    }),
  )
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
    // What no text can be that is stored is nobody's name.
    const words = texts
      .flatMap((text) => [text, keyOf(text)])
      .filter((text) => !text.includes('\0'))
    const found = await find([...new Set(words)])
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
