import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { childEnv } from './env.ts'
import { isAlive } from './processes/is-alive.ts'
import { ROOT } from './root.ts'

/** A clone with one package to install, whose npm is a script that writes down what it was asked. */
function clone(t: TestContext, npm: string): string {
  const root = mkdtempSync(join(tmpdir(), 'first-run-'))
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }))
  for (const part of ['first-run.mjs', 'first-run', 'src/processes/tether.sh']) {
    cpSync(join(ROOT, 'apps/cli', part), join(root, 'apps/cli', part), { recursive: true })
  }
  const lock = { packages: { '': {}, 'node_modules/thing': { version: '1.0.0' } } }
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
  writeFileSync(
    join(root, 'apps/cli/src/main.ts'),
    `process.on('disconnect', () => process.exit())
     process.channel?.unref()
     const [what, given]: string[] = process.argv.slice(2)
     if (what === 'exit') process.exit(Number(given))
     process.stdout.write(\`\${process.pid} \`)
     if (what === 'stay') setInterval(() => undefined, 1000)`,
  )
  mkdirSync(join(root, 'bin'))
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\necho "$1" >> calls\n${npm}\n`, { mode: 0o755 })
  return root
}

const INSTALL = 'sleep 0.3; mkdir -p node_modules/thing; echo {} > node_modules/thing/package.json'

function start(root: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'apps/cli/first-run.mjs'), ...args], {
    env: childEnv({
      PATH: `${join(root, 'bin')}:/usr/bin:/bin:${dirname(process.execPath)}`,
      npm_execpath: undefined,
      npm_lifecycle_event: undefined,
      DATA_DIR: undefined,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(root: string, ...args: string[]) {
  const child = start(root, ...args)
  assert.ok(child.stdout && child.stderr)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { stdout, stderr, code: Number(code) }
}

const calls = (root: string) => {
  const file = join(root, 'calls')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

describe('the first-run script', { timeout: 60_000, concurrency: true }, () => {
  it('installs, says so, and does not ask npm again', async (t) => {
    const root = clone(t, INSTALL)

    const first = await run(root, 'exit', '0')
    const second = await run(root, 'exit', '0')

    assert.match(first.stderr, /^Installing packages .*\nInstalled in [\d.]+ s\.\n$/)
    assert.equal(second.stderr, '')
    assert.deepEqual(calls(root), ['ci'])
  })

  it('installs once when it is started twice at the same time', async (t) => {
    const root = clone(t, INSTALL)

    const both = await Promise.all([run(root, 'exit', '0'), run(root, 'exit', '0')])

    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    )
    assert.deepEqual(calls(root), ['ci'])
  })

  it('installs again when a package went missing or the lockfile changed', async (t) => {
    const root = clone(t, INSTALL)
    await run(root, 'exit', '0')

    rmSync(join(root, 'node_modules/thing'), { recursive: true })
    await run(root, 'exit', '0')
    assert.deepEqual(calls(root), ['ci', 'ci'])

    appendFileSync(join(root, 'package-lock.json'), ' ')
    await run(root, 'exit', '0')
    assert.deepEqual(calls(root), ['ci', 'ci', 'ci'])
  })

  it('takes over from a process that died while it installed', async (t) => {
    const root = clone(t, INSTALL)
    const dead = spawn('true')
    await once(dead, 'exit')
    mkdirSync(join(root, '.showrunner'))
    writeFileSync(join(root, '.showrunner/install.lock'), String(dead.pid))

    assert.equal((await run(root, 'exit', '0')).code, 0)

    assert.deepEqual(calls(root), ['ci'])
  })

  it('leaves an install by hand alone', async (t) => {
    const root = clone(t, 'exit 1')
    mkdirSync(join(root, 'node_modules/thing'), { recursive: true })
    writeFileSync(join(root, 'node_modules/thing/package.json'), '{}')
    cpSync(join(root, 'package-lock.json'), join(root, 'node_modules/.package-lock.json'))

    assert.equal((await run(root, 'exit', '0')).code, 0)

    assert.deepEqual(calls(root), [])
  })

  it('says what to do when the registry cannot be reached', async (t) => {
    const root = clone(t, 'echo "npm error code ENOTFOUND" >&2; exit 1')

    const { stderr, code } = await run(root, 'exit', '0')

    assert.equal(code, 1)
    assert.match(stderr, /could not be reached \(ENOTFOUND\).*\nCheck the connection/)
  })

  it('hands on the exit code', async (t) => {
    const root = clone(t, INSTALL)

    assert.equal((await run(root, 'exit', '3')).code, 3)
  })

  it('takes the program with it when it is killed', async (t) => {
    const root = clone(t, INSTALL)
    const child = start(root, 'stay')
    assert.ok(child.stdout)
    const [chunk] = await once(child.stdout, 'data')
    const pid = Number(chunk)
    assert.ok(isAlive(pid))

    child.kill('SIGKILL')

    while (isAlive(pid)) await wait(20)
  })
})
