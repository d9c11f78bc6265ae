import { existsSync, globSync, statSync } from 'node:fs'
import { matchesGlob, relative, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { ROOT } from '../root.ts'

const PLACES = '{packages,apps,e2e}/**/*.test.ts'

/**
 * The test files somebody asked for: a file, a folder, a glob or any part of a path; all of them when
 * nothing was asked for.
 */
export function findTestFiles(asked: readonly string[]): string[] {
  const all = globSync(PLACES, { cwd: ROOT, exclude: ['**/node_modules/**'] }).sort()
  if (asked.length === 0) return all.map((file) => resolve(ROOT, file))
  const chosen = asked.flatMap((one) => {
    const found = all.filter((file) => isMeant(one, file))
    if (found.length === 0) throw new UsageError(`No test file matches "${one}".`)
    return found
  })
  return [...new Set(chosen)].map((file) => resolve(ROOT, file))
}

function isMeant(asked: string, file: string): boolean {
  const path = relative(ROOT, resolve(asked))
  if (existsSync(resolve(asked))) {
    return statSync(resolve(asked)).isDirectory()
      ? `${file}/`.startsWith(`${path}/`)
      : file === path
  }
  return matchesGlob(file, asked) || file.includes(asked)
}
