import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'pg'
import { isAlive } from '../processes/is-alive.ts'
import { connected } from './connection.ts'
import { type Embedded, openEmbedded } from './embedded.ts'

/** A data folder of the test's own, removed when everything in it has ended. */
function dataFolder(t: TestContext): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'showrunner-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 }))
  return dataDir
}

async function open(t: TestContext, dataDir: string): Promise<Embedded & { told: string[] }> {
  const told: string[] = []
  const database = await openEmbedded({ dataDir, report: (line) => told.push(line) })
  t.after(() => database.close())
  return { ...database, told }
}

function serverPid(dataDir: string): number {
  const file = join(dataDir, 'postgres/cluster/data/postmaster.pid')
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  assert.ok(pid > 1)
  return pid
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await wait(20)
}

const one = (pool: Pool) => pool.query<{ n: number }>('select 1 as n').then(({ rows }) => rows)

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  it('stores Unicode, listens on this machine only, and trusts nobody without the password', async (t) => {
    const dataDir = dataFolder(t)
    const { url } = await open(t, dataDir)

    const settings = await connected(url, async (client) => {
      const { rows } = await client.query<object>(
        `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
                current_setting('unix_socket_directories') as sockets, lower('ÄÑΩ') as lowered`,
      )
      return rows[0]
    })

    assert.deepEqual(settings, {
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      sockets: '',
      lowered: 'äñω',
    })
    const stranger = new URL(url)
    stranger.password = 'guess'
    await assert.rejects(
      connected(stranger.href, (client) => client.query('select 1')),
      /password authentication failed/,
    )
    assert.equal(statSync(join(dataDir, 'postgres/cluster/password')).mode & 0o777, 0o600)
  })

  it('is started again after kill -9, on the same port, and pools recover', async (t) => {
    const dataDir = dataFolder(t)
    const { url, told } = await open(t, dataDir)
    const pool = new Pool({ connectionString: url })
    pool.on('error', () => undefined)
    t.after(() => pool.end())
    assert.deepEqual(await one(pool), [{ n: 1 }])

    process.kill(serverPid(dataDir), 'SIGKILL')
    await until(() => told.length === 2)

    assert.deepEqual(told, ['PostgreSQL has gone away; starting it again …', 'PostgreSQL is back.'])
    assert.deepEqual(await one(pool), [{ n: 1 }])
  })

  it('does not outlive a process that was killed', async (t) => {
    const dataDir = dataFolder(t)
    const script = `
      import { openEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
      await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, report() {} })
      process.stdout.write('open')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const pid = serverPid(dataDir)
    assert.ok(isAlive(pid))

    child.kill('SIGKILL')

    await until(() => !isAlive(pid))
  })

  it('takes the next port when its own is taken, and stays there', async (t) => {
    const dataDir = dataFolder(t)
    const first = await openEmbedded({ dataDir, report: () => undefined })
    await first.close()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')

    const second = await openEmbedded({ dataDir, report: () => undefined })
    await second.close()
    squatter.close()
    const third = await open(t, dataDir)

    assert.ok(second.port > first.port)
    assert.equal(third.port, second.port)
  })

  it('is shared by processes on the same folder, and outlives the one that started it', async (t) => {
    const dataDir = dataFolder(t)
    const [first, second] = await Promise.all([open(t, dataDir), open(t, dataDir)])
    assert.equal(second.url, first.url)
    const pid = serverPid(dataDir)

    await first.close()
    await until(() => second.told.includes('PostgreSQL is back.') || isAlive(pid))

    const rows = await connected(
      second.url,
      async (client) => (await client.query('select 1 as n')).rows,
    )
    assert.deepEqual(rows, [{ n: 1 }])
  })
})
