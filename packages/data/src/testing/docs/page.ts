/** A page of the documentation as a program. Every line stands where it stands in the page, so that an error names both. */
export interface Page {
  /** What a run reads: the blocks, their claims as calls. */
  readonly source: string
  /** The statements of its `sql run` blocks, which make what the page needs before it runs. */
  readonly sql: string
  /** The lines on which it claims something. */
  readonly claims: readonly number[]
  /** Whether it has tests of its own, which run after its last line. */
  readonly hasTests: boolean
}

interface Block {
  readonly language: string
  readonly words: readonly string[]
  /** The number of its first line of content. */
  readonly first: number
  readonly lines: readonly string[]
}

/** Reads a page: see docs/README.md for what its author may write. */
export function readPage(markdown: string): Page {
  const blocks = blocksOf(markdown)
  const output: string[] = markdown.split('\n').map(() => '')
  const imported = new Map<string, string>()
  const claims: number[] = []
  for (const { language, words, first, lines } of blocks) {
    if (language !== 'ts') continue
    const runs = !words.includes('no-run')
    const { hoisted, rest } = splitImports(lines, imported)
    const code = runs ? withClaims(rest, first, claims) : rest
    code.forEach((line, index) => (output[first - 1 + index] = line))
    // The line of the opening fence is free, and so is that of the closing one.
    output[first - 2] = `${hoisted}${runs ? '' : '; void (async () => {'}`
    if (!runs) output[first - 1 + lines.length] = '})'
  }
  const sql = blocks
    .filter(({ language, words }) => language === 'sql' && words.includes('run'))
    .map(({ lines }) => lines.join('\n'))
    .join('\n')
  const hasTests = blocks.some(
    ({ words, lines }) => !words.includes('no-run') && lines.join('\n').includes("'node:test'"),
  )
  return { source: output.join('\n'), sql, claims, hasTests }
}

const OPENING = /^(?:```(\w+)(.*)|<!-- (setup)\s*)$/

/** Fenced blocks, and hidden set-up between `<!-- setup` and `-->`, which is a block of TypeScript like any other. */
function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const opening = OPENING.exec(lines[at] ?? '')
    if (!opening) continue
    const [, language, words = '', setup] = opening
    const end = lines.indexOf(setup ? '-->' : '```', at + 1)
    if (end === -1) throw new Error(`line ${at + 1}: the block that begins here has no end`)
    blocks.push({
      language: setup ? 'ts' : (language ?? ''),
      words: words.trim().split(/\s+/),
      first: at + 2,
      lines: lines.slice(at + 1, end),
    })
    at = end
  }
  return blocks
}

const IMPORT = /^import (?:(type )?\{([^}]*)\} from ('[^']+')|(?:[^'"]+ from )?'[^']+')/gm

/** Takes the imports out of a block, less what the page has imported before. Line breaks stay. */
function splitImports(
  lines: readonly string[],
  imported: Map<string, string>,
): { hoisted: string; rest: readonly string[] } {
  const hoisted: string[] = []
  const take = (text: string, type = '', names?: string, from?: string): string => {
    if (names === undefined || from === undefined) {
      if (!imported.has(text)) hoisted.push(text)
      imported.set(text, text)
    } else {
      const fresh = names
        .split(',')
        .map((name) => name.trim().replace(/\s+/g, ' '))
        .filter((name) => name !== '' && imported.get(bound(name)) !== from)
      for (const name of fresh) imported.set(bound(name), from)
      hoisted.push(`import ${type}{ ${fresh.join(', ')} } from ${from}`)
    }
    return '\n'.repeat(text.split('\n').length - 1)
  }
  const rest = lines.join('\n').replace(IMPORT, take)
  return { hoisted: hoisted.join('; '), rest: rest.split('\n') }
}

/** What a name is called in the page: `type Row` and `Row` are one, `sql as raw` is `raw`. */
function bound(specifier: string): string {
  return specifier.replace(/^type /, '').replace(/^.* as /, '')
}

const CLAIM = /^(?<code>.*?)\s*\/\/ (?<kind>=>|throws(?= [A-Z])) ?(?<text>.*)$/
const CONTINUED = /^\s*\/\/ {2,}(.*)$/

function withClaims(lines: readonly string[], first: number, claims: number[]): string[] {
  const output = [...lines]
  for (let at = 0; at < lines.length; at += 1) {
    const { code, kind, text } = CLAIM.exec(lines[at] ?? '')?.groups ?? {}
    if (code === undefined || kind === undefined || text === undefined) continue
    let after = at + 1
    while (CONTINUED.test(lines[after] ?? '')) after += 1
    const words = lines.slice(at + 1, after).map((line) => CONTINUED.exec(line)?.[1] ?? '')
    const end = code.trim() === '' ? at - 1 : at
    output[at] = code
    const start = startOf(output, end)
    const line = first + at
    claims.push(line)
    const claim = { line, text: [text, ...words].join(' ').trim() }
    const statement = output.slice(start, end + 1).join('\n')
    const claimed = kind === '=>' ? claimValue(statement, claim) : claimError(statement, claim)
    claimed.split('\n').forEach((fresh, index) => (output[start + index] = fresh))
  }
  return output
}

/** The statement that ends on a line begins on the next one above that is no deeper and goes on with nothing. */
function startOf(lines: readonly string[], end: number): number {
  const deep = indentation(lines[end] ?? '')
  let start = end
  while (start > 0 && !begins(lines[start] ?? '', deep)) start -= 1
  return start
}

function begins(line: string, deep: number): boolean {
  return line.trim() !== '' && indentation(line) <= deep && !/^\s*[)\]}.?:&|+`]/.test(line)
}

function indentation(line: string): number {
  return line.search(/\S|$/)
}

interface Claim {
  readonly line: number
  readonly text: string
}

const NAMED = /^\s*(?:export )?(?:const|let) (\w+)(?:: [^=]+)? = /
const CONDITION = /^\s*(?:if \((?:[^()]|\([^()]*\))*\) )?/

function claimValue(statement: string, { line, text }: Claim): string {
  const expected = JSON.stringify(text)
  const name = NAMED.exec(statement)?.[1]
  if (name !== undefined) return `${statement}; $claims.value(${line}, ${name}, ${expected})`
  const { before, expression } = parted(statement, line)
  return `${before}$claims.value(${line}, (${expression}), ${expected})`
}

function claimError(statement: string, { line, text }: Claim): string {
  const { before, expression } = parted(statement, line)
  return `${before}await $claims.error(${line}, async () => (${expression}), ${JSON.stringify(text)})`
}

function parted(statement: string, line: number): { before: string; expression: string } {
  const before = CONDITION.exec(statement)?.[0] ?? ''
  const expression = statement.slice(before.length)
  const [word = ''] = /^\w+/.exec(expression) ?? []
  if (!NOT_EXPRESSIONS.has(word)) return { before, expression }
  throw new Error(
    `line ${line}: a claim is about an expression or a named const, not about: ${expression}`,
  )
}

const NOT_EXPRESSIONS = new Set(['const', 'let', 'export', 'return', 'throw', 'for', 'type', 'if'])
