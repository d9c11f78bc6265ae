/** How one thing of a list is written in a line of text, and read from it. */
export interface LineForm<T> {
  /** A line as somebody would write it, for help and errors. */
  readonly example: string
  readonly shows: (one: T) => string
  /** Undefined where the line says nothing that can be read. */
  readonly reads: (line: string) => T | undefined
}

export function shownLines<T>({ shows }: LineForm<T>, list: readonly T[]): string {
  return list.map((one) => oneLine(shows(one))).join('\n')
}

/** What the lines say. A line that was there before stands for what it stood for, with all that no line shows. */
export function readLines<T>(
  form: LineForm<T>,
  text: string,
  before: readonly T[],
): { readonly list: readonly T[]; readonly wrong: string | undefined } {
  const known = new Map(before.map((one) => [oneLine(form.shows(one)), one]))
  const lines = text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '')
  const read = lines.map((line) => known.get(line) ?? form.reads(line))
  const at = read.indexOf(undefined)
  return {
    list: read.filter((one) => one !== undefined),
    wrong: at === -1 ? undefined : lines[at],
  }
}

/** As a database takes it too: no control characters, no halves of surrogate pairs. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
