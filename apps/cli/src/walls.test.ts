import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, it } from 'node:test'

// npm links every workspace into every other one, so a package.json alone keeps no wall: this reads the imports.

const root = resolve(import.meta.dirname, '../../..')

/** What each room may import of ours. A room that is not named here may not be built. */
const ALLOWED: Record<string, readonly string[]> = {
  'packages/data': [],
  'packages/feeds': [],
  'packages/jobs': ['data'],
  'packages/mail': [],
  'packages/github': [],
  'packages/memberful': [],
  'packages/slack': [],
  'packages/pubsub': [],
  'packages/presence': ['pubsub'],
  'packages/channels': ['presence', 'pubsub'],
  'packages/live': ['data', 'pubsub'],
  'packages/audio': [],
  'packages/artwork': [],
  'packages/storage': [],
  'packages/domain': [
    'artwork',
    'audio',
    'data',
    'feeds',
    'jobs',
    'mail',
    'memberful',
    'slack',
    'storage',
  ],
  'apps/web': [
    'artwork',
    'audio',
    'channels',
    'data',
    'domain',
    'feeds',
    'github',
    'jobs',
    'live',
    'mail',
    'memberful',
    'presence',
    'pubsub',
    'slack',
    'storage',
  ],
  'apps/worker': ['data', 'domain', 'jobs', 'mail', 'storage'],
  'apps/cli': [
    'channels',
    'data',
    'domain',
    'feeds',
    'jobs',
    'live',
    'mail',
    'presence',
    'pubsub',
    'storage',
    'web',
    'worker',
  ],
  e2e: [],
}

interface Import {
  readonly file: string
  readonly room: string
  readonly from: string
}

const IMPORT =
  /(?:^\s*(?:import|export)\s[^'"`;]*?\bfrom\s*|^\s*import\s*|(?<!\.)\bimport\(\s*)(['"])([^'"\n]+)\1/gm

const sources = globSync('{apps,packages,e2e}/**/*.ts', {
  cwd: root,
  exclude: ['**/node_modules/**'],
}).map((file) => file.split(sep).join('/'))

const imports: Import[] = sources.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map((match) => ({
    file,
    room: roomOf(file),
    from: match[2] ?? '',
  })),
)

function roomOf(file: string): string {
  return file.startsWith('e2e/') ? 'e2e' : file.split('/').slice(0, 2).join('/')
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

const isRelative = (entry: Import) => entry.from.startsWith('.')
const isOurs = (entry: Import) => entry.from.startsWith('@showrunner/')
const isTest = ({ file }: Import) => file.endsWith('.test.ts') || file.includes('/testing/')
const shown = (entries: readonly Import[]) =>
  entries.map((entry) => `${entry.file} imports ${entry.from}`)

/** Where a relative import leads, from the root. */
const target = (entry: Import) =>
  relative(root, resolve(root, dirname(entry.file), entry.from))
    .split(sep)
    .join('/')

const within = (...folders: string[]) => {
  return (entry: Import) => folders.some((folder) => entry.file.startsWith(folder))
}

describe('the walls', () => {
  it('were looked for in real imports', () => {
    assert.ok(imports.length > 100, `read only ${imports.length} imports`)
  })

  it('stand around every room: an import goes right or down, never back', () => {
    const across = imports
      .filter(isOurs)
      .filter((entry) => !ALLOWED[entry.room]?.includes(entry.from.split('/')[1] ?? ''))
    assert.deepEqual(shown(across), [])
  })

  it('have doors only: a relative import stays in its own package', () => {
    const escaped = imports
      .filter(isRelative)
      .filter((entry) => !`${target(entry)}/`.startsWith(`${entry.room}/`))
    assert.deepEqual(shown(escaped), [])
  })

  it('let nothing in that the package.json of the room does not name', () => {
    const manifest = (folder: string) =>
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
        string,
        Record<string, string> | undefined
      >
    const named = (folder: string) =>
      ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
        Object.keys(manifest(folder)[kind] ?? {}),
      )
    const forTests = named('.')
    const unnamed = imports
      .filter(
        (entry) => !isRelative(entry) && !isBuiltin(entry.from) && !entry.from.startsWith('/'),
      )
      .filter((entry) => {
        const known = entry.room === 'e2e' ? [] : named(entry.room)
        const allowed = isTest(entry) || entry.room === 'e2e' ? [...known, ...forTests] : known
        // What is there for its types alone is named by them: the client of a browser is not installed on a server.
        const name = packageName(entry.from)
        return !allowed.includes(name) && !allowed.includes(`@types/${name}`)
      })
    assert.deepEqual(shown(unnamed), [])
  })

  it('keep HTTP and views out of the domain', () => {
    const leaks = imports
      .filter(within('packages/domain/'))
      .filter((entry) => /^(fastify|@fastify\/|eta$|ws$)/.test(entry.from))
    assert.deepEqual(shown(leaks), [])
  })

  it('keep SQL out of changesets', () => {
    const leaks = imports
      .filter(within('packages/data/src/changeset/'))
      .filter((entry) => !isTest(entry))
      .filter(
        (entry) => /^(kysely|pg)$/.test(entry.from) || /src\/(query|repo)\//.test(target(entry)),
      )
    assert.deepEqual(shown(leaks), [])
  })

  it('make contexts meet at their doors', () => {
    const context = (path: string) => /^packages\/domain\/src\/([^/]+)\//.exec(path)?.[1]
    const sideways = imports
      .filter(within('packages/domain/src/'))
      .filter(isRelative)
      .filter((entry) => {
        const there = context(target(entry))
        return there !== undefined && there !== context(entry.file)
      })
      .filter((entry) => !target(entry).endsWith('/index.ts'))
    assert.deepEqual(shown(sideways), [])
  })

  it('leave the repo to the contexts: no route, presenter or view calls it', () => {
    const calls = sources
      .filter(
        (file) => /^apps\/(web|worker)\/src\//.test(file) && !/\.test\.ts$|\/testing\//.test(file),
      )
      .filter((file) =>
        /\brepo\.(all|one|get|exists|count|insert|update|delete|preload|transaction)\w*\(/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
      )
    assert.deepEqual(calls, [])
  })

  it('let the admin area see with the eyes of who asks: no route of it takes the repo of everybody', () => {
    const reaching = sources.filter(
      (file) =>
        file.startsWith('apps/web/src/routes/admin/') &&
        !file.endsWith('.test.ts') &&
        /\bparts\s*(\?\.|\.)\s*repo\b|\brepo\b[^}=]*\}\s*=\s*\w+\.parts\b|\bunscoped\(/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
    )
    assert.deepEqual(reaching, [])
  })

  it('give a view nothing but what it was given', () => {
    const reaching = globSync('apps/web/**/*.eta', {
      cwd: root,
      exclude: ['**/node_modules/**'],
    }).filter((file) =>
      /\b(require|import|await|process|globalThis|fetch)\s*[.(]/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    )
    assert.deepEqual(reaching, [])
  })
})
