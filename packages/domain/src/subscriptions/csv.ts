/** A line of a table, by where it begins in the file. */
export interface CsvLine {
  readonly line: number
  readonly cells: readonly string[]
  /** Whether a quote begins in it that nothing ends: it has swallowed whatever comes after. */
  readonly isOpen: boolean
}

/** Reads a table as spreadsheets write them: with commas, semicolons or tabs, whichever the first line has most of. */
export function readCsv(text: string): readonly CsvLine[] {
  const [first = ''] = text.split('\n', 1)
  const separator = [',', ';', '\t'].reduce((best, one) =>
    first.split(one).length > first.split(best).length ? one : best,
  )
  const lines: CsvLine[] = []
  let [cells, cell, isQuoted, line, began]: [string[], string, boolean, number, number] = [
    [],
    '',
    false,
    1,
    1,
  ]
  const endLine = () => {
    cells.push(cell.trim())
    if (cells.some((one) => one !== '')) lines.push({ line: began, cells, isOpen: isQuoted })
    cells = []
    cell = ''
    began = line + 1
  }
  const source = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at)
    if (isQuoted && sign === '"' && source.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"' && (isQuoted || cell.trim() === '')) {
      isQuoted = !isQuoted
    } else if (!isQuoted && sign === separator) {
      cells.push(cell.trim())
      cell = ''
    } else if (!isQuoted && sign === '\n') {
      endLine()
      line += 1
    } else {
      if (sign === '\n') line += 1
      cell += sign
    }
  }
  endLine()
  return lines
}
