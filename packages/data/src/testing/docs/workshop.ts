import { execFile } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'

import { cloneDatabase, createEmptyDatabase, dropDatabase } from '../../sandbox/databases.ts'
import { execute } from '../library.ts'
import { brokenLinks } from './links.ts'
import { type Page, readPage } from './page.ts'

const PACKAGE = resolve(import.meta.dirname, '../../..')
const ROOT = resolve(PACKAGE, '../..')
/** The page that others import as `./network.ts`. */
const NETWORK = 'docs/network.md'
/** What a page calls its database. */
const ADDRESS = /postgres:\/\/localhost\/\w+/g
const NO_ADDRESS = 'postgres://localhost/nowhere'

/** The pages, written out as programs in a folder of their own, from which the package is found. */
export interface Workshop {
  /** `docs/queries.md:12 joins.md`. */
  readonly brokenLinks: () => readonly string[]
  /** What the compiler has against them: `docs/queries.md:12 error TS…`. */
  readonly compile: () => Promise<readonly string[]>
  /** Runs each page on a database of its own. What went wrong, by page and line. */
  readonly run: (databaseUrl: string) => Promise<readonly string[]>
  readonly close: () => void
}

interface Program extends Page {
  /** `docs/queries.md` */
  readonly path: string
  readonly folder: string
  readonly file: string
}

export function openWorkshop(): Workshop {
  mkdirSync(join(ROOT, '.showrunner'), { recursive: true })
  const workshop = mkdtempSync(join(ROOT, '.showrunner', 'docs-'))
  const pages = globSync(['README.md', 'docs/*.md'], { cwd: PACKAGE }).toSorted()
  const programs = pages.map((path) => programOf(path.split(sep).join('/'), workshop))
  for (const program of programs) write(program, NO_ADDRESS)
  return {
    brokenLinks: () => brokenLinks(PACKAGE, pages),
    compile: () => compile(workshop, programs),
    run: (databaseUrl) => runAll(programs, databaseUrl),
    close: () => rmSync(workshop, { recursive: true, force: true }),
  }
}

function programOf(path: string, workshop: string): Program {
  try {
    const name = path.replace('.md', '').replaceAll('/', '-').toLowerCase()
    const folder = join(workshop, name)
    return { path, folder, file: join(folder, `${name}.ts`), ...readPage(markdownOf(path)) }
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

function markdownOf(path: string): string {
  return readFileSync(join(PACKAGE, path), 'utf8')
}

const usesNetwork = ({ source, path }: Program): boolean =>
  path !== NETWORK && source.includes("'./network.ts'")

/** Writes the page as a program whose database is at this address. */
function write(program: Program, address: string): void {
  const { folder, file, source, path, claims } = program
  mkdirSync(folder, { recursive: true })
  const claimsFile = relative(folder, join(import.meta.dirname, 'claims.ts'))
    .split(sep)
    .join('/')
  const before =
    `import { claimsOf } from '${claimsFile}'; ` +
    `const $claims = claimsOf(${JSON.stringify(path)}, ${JSON.stringify(claims)}); `
  const located = source.replace(ADDRESS, () => address)
  writeFileSync(file, `${before}${located}\n${endOf(program)}\n`)
  if (!usesNetwork(program)) return
  const network = readPage(markdownOf(NETWORK)).source.replace(ADDRESS, () => address)
  writeFileSync(join(folder, 'network.ts'), network)
}

/** A page with tests of its own has run when they have; any other when its last line has. */
function endOf({ hasTests }: Page): string {
  return hasTests
    ? ";(await import('node:test')).after(() => $claims.settle())"
    : ';$claims.settle(); process.exit()'
}

async function compile(workshop: string, programs: readonly Program[]): Promise<readonly string[]> {
  const compilerOptions = { incremental: false, noUnusedLocals: false, noUnusedParameters: false }
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*/*.ts'] }
  writeFileSync(join(workshop, 'tsconfig.json'), JSON.stringify(config))
  const { output } = await node(
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    ['-p', workshop, '--pretty', 'false'],
    {},
  )
  const ours = new Map(programs.map(({ file, path }) => [file, path]))
  return output.split('\n').flatMap((line) => {
    if (!line.includes('error TS')) return []
    const [, file = '', at = '', message = ''] = /^(\S+\.ts)\((\d+),\d+\): (.*)$/.exec(line) ?? []
    const path = ours.get(resolve(ROOT, file)) ?? ours.get(resolve(workshop, file))
    // What is wrong elsewhere may be why nothing was said of the pages.
    return [path === undefined ? line : `${path}:${at} ${message}`]
  })
}

async function runAll(programs: readonly Program[], url: string): Promise<readonly string[]> {
  const network = await createEmptyDatabase(url)
  try {
    const page = programs.find(({ path }) => path === NETWORK)
    if (page) await execute(network, page.sql)
    const failures = await Promise.all(programs.map((program) => runOn(program, url, network)))
    return failures.flat()
  } finally {
    await dropDatabase(network)
  }
}

async function runOn(program: Program, url: string, network: string): Promise<readonly string[]> {
  const fromNetwork = usesNetwork(program) || program.path === NETWORK
  const address = await (fromNetwork ? cloneDatabase(network) : createEmptyDatabase(url))
  try {
    if (program.path !== NETWORK) await execute(address, program.sql)
    write(program, address)
    const env = { TEST_DATABASE_URL: address, NODE_TEST_CONTEXT: undefined }
    const { output, code } = await node('--test-force-exit', [program.file], env)
    return code === 0 ? [] : [failureOf(program, output)]
  } finally {
    await dropDatabase(address)
  }
}

/** What it said, with the page's name for the program's. */
function failureOf({ file, path, folder }: Program, output: string): string {
  const told = output
    .split('\n')
    .filter((line) => !line.includes('node:internal') && !line.startsWith('Node.js v'))
    .join('\n')
    .replaceAll(`file://${file}`, path)
    .replaceAll(file, path)
    .replaceAll(`file://${folder}/`, 'docs/')
  return `${path} does not run:\n${told.trim()}`
}

/** A program that failed, as Node tells of it. */
interface Ended {
  readonly stdout?: string
  readonly stderr?: string
  readonly code?: number
  readonly killed?: boolean
}

const SECONDS = 60

async function node(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ output: string; code: number }> {
  // A page has what the tests have, and a database of its own.
  // oxlint-disable-next-line node/no-process-env
  const options = { cwd: ROOT, env: { ...process.env, ...env }, timeout: SECONDS * 1000 }
  return promisify(execFile)(process.execPath, [script, ...args], options).then(
    ({ stdout, stderr }) => ({ output: `${stdout}${stderr}`, code: 0 }),
    ({ stdout = '', stderr = '', code, killed }: Ended) => ({
      output: `${stdout}${stderr}${killed ? `it was not done in ${SECONDS} seconds` : ''}`,
      code: code ?? 1,
    }),
  )
}
