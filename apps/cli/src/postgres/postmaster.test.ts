import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { findPostmaster, forgetMistakenPostmaster } from './postmaster.ts'

const NOBODY = 4_000_000

function dataOf(t: TestContext, pid: number): string {
  const data = mkdtempSync(join(tmpdir(), 'postmaster-'))
  t.after(() => rmSync(data, { recursive: true }))
  writeFileSync(join(data, 'postmaster.pid'), `${pid}\n${data}\n0\n24100\n\n127.0.0.1\n\nready\n`)
  return data
}

describe('a postmaster.pid', () => {
  it('names no server when its process is gone', (t) => {
    assert.equal(findPostmaster(dataOf(t, NOBODY)), undefined)
  })

  it('names no server when its number has gone to another program, and is removed', (t) => {
    const data = dataOf(t, process.pid)

    assert.equal(findPostmaster(data), undefined)
    forgetMistakenPostmaster(data)

    assert.equal(existsSync(join(data, 'postmaster.pid')), false)
  })

  it('is left to PostgreSQL when nobody has its number', (t) => {
    const data = dataOf(t, NOBODY)

    forgetMistakenPostmaster(data)

    assert.equal(existsSync(join(data, 'postmaster.pid')), true)
  })
})
