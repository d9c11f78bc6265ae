/** One statement of a file, and where it begins. */
export interface SqlStatement {
  readonly text: string
  /** The line its first word stands on, from 1. */
  readonly line: number
}

/** What a semicolon may stand in without ending a statement, and the semicolon itself. */
const TOKEN = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`\bE'(?:[^'\\]|\\.|'')*'`,
    String.raw`'(?:[^']|'')*'`,
    String.raw`"(?:[^"]|"")*"`,
    String.raw`(?<![\w$])\$(?<tag>[a-z_]\w*)?\$.*?\$\k<tag>\$`,
    String.raw`/\*`,
    ';',
  ].join('|'),
  'gis',
)

/** Parts SQL into its statements. What has nothing in it but comments is none. */
export function sqlStatements(sql: string): SqlStatement[] {
  const statements: SqlStatement[] = []
  let start = 0
  const end = (at: number): void => {
    const text = sql.slice(start, at)
    const blank = leadingBlank(text)
    if (blank < text.length) {
      statements.push({ text: text.slice(blank), line: lineAt(sql, start + blank) })
    }
    start = at + 1
  }
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(sql); token; token = TOKEN.exec(sql)) {
    if (token[0] === ';') end(token.index)
    else if (token[0] === '/*') TOKEN.lastIndex = commentEnd(sql, token.index)
  }
  end(sql.length)
  return statements
}

/** The line, from 1, of a place in a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** Comments between slashes and stars nest in PostgreSQL. */
function commentEnd(sql: string, from: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = from + 2
  let depth = 1
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return sql.length
}

/** How much white space and comments a text begins with. */
function leadingBlank(text: string): number {
  let at = 0
  for (;;) {
    const space = /^(?:\s+|--[^\n]*)/.exec(text.slice(at))
    if (space) at += space[0].length
    else if (text.startsWith('/*', at)) at = commentEnd(text, at)
    else return at
  }
}
