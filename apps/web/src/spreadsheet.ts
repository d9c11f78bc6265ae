type Cell = string | number
type Rows = readonly (readonly Cell[])[]

/** Rows as comma-separated values. What begins as a formula is text there. */
export function csvOf(rows: Rows): string {
  const quoted = (cell: Cell) => `"${plain(cell).replaceAll('"', '""')}"`
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

/** Rows to be pasted into a spreadsheet: tabs between cells, a line for each row. */
export function tsvOf(rows: Rows): string {
  const inOneLine = (cell: Cell) => plain(cell).replaceAll(/[\t\r\n]+/g, ' ')
  return rows.map((row) => row.map(inOneLine).join('\t')).join('\n')
}

function plain(cell: Cell): string {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell)
}
