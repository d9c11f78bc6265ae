import { join } from 'node:path'
import { print } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { tethered } from '../processes/tethered.ts'
import { ROOT } from '../root.ts'
import { add, NOTHING, type Tally } from './tally.ts'

interface Check {
  readonly name: string
  /** The script of a package, and what to tell it. */
  readonly script: readonly [file: string, ...args: string[]]
}

const CHECKS: readonly Check[] = [
  {
    name: 'types',
    // Nothing is kept between runs: two of them at once would write the same file.
    script: [
      'typescript/bin/tsc',
      '-b',
      'tsconfig.json',
      'apps/web/assets/tsconfig.json',
      'e2e/tsconfig.json',
      '--incremental',
      'false',
    ],
  },
  { name: 'lint', script: ['oxlint/bin/oxlint', '--type-aware'] },
  { name: 'format', script: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
]

/** Types, lint and format, each counted as one test; what a failed one says is shown. */
export async function runChecks(): Promise<Tally> {
  let tally = NOTHING
  for (const check of CHECKS) tally = add(tally, await runCheck(check))
  print()
  return tally
}

async function runCheck({ name, script: [file, ...args] }: Check): Promise<Tally> {
  const started = performance.now()
  const command = [process.execPath, join(ROOT, 'node_modules', file), ...args]
  const {
    process: child,
    ended,
    release,
  } = tethered('TERM', command, { cwd: ROOT, output: 'pipe' })
  const forget = beforeEnd(release)
  const printed: string[] = []
  child.stdout?.on('data', (chunk) => printed.push(String(chunk)))
  child.stderr?.on('data', (chunk) => printed.push(String(chunk)))
  const code = await ended.finally(forget)
  const milliseconds = Math.round(performance.now() - started)
  print(`${code === 0 ? '✔' : '✖'} ${name} (${milliseconds} ms)`)
  if (code === 0) return { ...NOTHING, passed: 1 }
  print(printed.join('').trimEnd())
  return { ...NOTHING, failed: 1 }
}
