import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { watchCode } from './watch-code.ts'

function watching(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'watch-'))
  const write = (file: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  for (const file of ['apps/web/src/app.ts', 'packages/data/src/a.ts', 'migrations/001_a.up.sql']) {
    write(file)
  }
  let tell: (files: readonly string[]) => void = () => undefined
  const stop = watchCode((files) => tell(files), root)
  t.after(() => {
    stop()
    rmSync(root, { recursive: true })
  })
  const next = () => new Promise<readonly string[]>((resolve) => (tell = resolve))
  return { root, write, next }
}

describe('watchCode', { timeout: 20_000 }, () => {
  it('tells of changed files together, of views, tests and browser code not at all', async (t) => {
    const { write, next } = watching(t)
    write('apps/web/views/home.eta')
    write('apps/web/src/app.test.ts')
    write('apps/web/src/app.ts')
    write('migrations/002_b.up.sql')

    assert.deepEqual((await next()).toSorted(), ['apps/web/src/app.ts', 'migrations/002_b.up.sql'])
  })

  it('goes on after a file was replaced, again and again', async (t) => {
    const { root, write, next } = watching(t)
    for (const round of ['first', 'second']) {
      write(`packages/data/src/${round}.tmp`)
      renameSync(join(root, `packages/data/src/${round}.tmp`), join(root, 'packages/data/src/a.ts'))

      assert.deepEqual(await next(), ['packages/data/src/a.ts'])
    }
  })

  it('finds folders that are made later', async (t) => {
    const { root, write, next } = watching(t)
    mkdirSync(join(root, 'packages/data/src/new'))
    write('packages/data/src/b.ts')
    await next()

    write('packages/data/src/new/c.ts')

    assert.deepEqual(await next(), ['packages/data/src/new/c.ts'])
  })
})
