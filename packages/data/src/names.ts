/** `insertedAt` -> `inserted_at`. The one rule that maps names in TypeScript to names in the database. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** `inserted_at` -> `insertedAt`. */
export function camelCase(column: string): string {
  return column.replace(/(?<=.)_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
}

/** `episode_hosts` -> `episodeHost`: what one row of a table is called. Regular English plurals only. */
export function singularCamelCase(source: string): string {
  const singular = source.endsWith('ies')
    ? `${source.slice(0, -3)}y`
    : source.replace(/(?<=(?:s|x|z|ch|sh))es$|(?<=[^s])s$/, '')
  return camelCase(singular)
}

/** The known name most like the one given, when one is near enough to be what was meant. */
function closest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)
  const best = ranked[0]
  return best && best.distance <= Math.ceil(name.length / 3) ? best.candidate : undefined
}

/** ` Did you mean "title"? Known fields: slug, title.`, ready to end a message with. */
export function hint(kind: string, name: string, known: readonly string[]): string {
  const meant = closest(name, known)
  const question = meant === undefined ? '' : ` Did you mean "${meant}"?`
  return `${question} Known ${kind}: ${known.length === 0 ? 'none' : known.join(', ')}.`
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1)
      const removed = (previous[column] ?? 0) + 1
      const added = (current[column - 1] ?? 0) + 1
      current.push(Math.min(replaced, removed, added))
    }
    previous = current
  }
  return previous[right.length] ?? 0
}

/** What a message calls a schema: its table in quotes; one without a table has no name. */
export function titleOf({ source }: { readonly source: string }): string {
  return source === '' ? 'an embedded schema' : `"${source}"`
}
