import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkOpenFiles } from './open-files.ts'
import { presencesOf } from './presences-told.ts'
import { startPair, stopPairs } from './processes.ts'
import { TEXT, type Subject } from './subjects.ts'

describe('the servers that are compared', () => {
  it('let clients join, hear and echo over channels', () => works('channels'))
  it('let clients join, hear and echo over bare ws', () => works('ws'))
  it('let clients join, hear and echo over Socket.IO', () => works('Socket.IO'))
})

async function works(subject: Subject): Promise<void> {
  const pair = await startPair(subject, 3)
  try {
    const [from, until] = await Promise.all([pair.server.broadcast(TEXT), pair.clients.hear(3)])
    assert.ok(until.at > from.at)
    // It fails where the first that comes back is no echo.
    assert.ok((await pair.clients.echo(0.05)).seconds > 0)
  } finally {
    stopPairs([pair])
  }
}

describe('checkOpenFiles', () => {
  it('says how many connections there can be, and by which limit', () => {
    assert.throws(
      () => checkOpenFiles(10_000, 4_096),
      /10000 connections need 10100 open files in one process, and 4096 are allowed here .*--connections 3996\.$/,
    )
    checkOpenFiles(3_996, 4_096)
  })
})

describe('presencesOf', () => {
  it('counts who is known in the end, and how often it was told', () => {
    const metas = { metas: [{}] }
    const told = [
      ['1', null, 'crowd:lobby', 'presence_state', { ada: metas, bob: metas }],
      [
        null,
        null,
        'crowd:lobby',
        'presence_diff',
        { joins: { bob: metas, eve: metas }, leaves: {} },
      ],
      [null, null, 'crowd:lobby', 'said', {}],
    ].map((message) => JSON.stringify(message))
    assert.deepEqual(presencesOf(told), { known: 3, tellings: 4, diffs: 1 })
  })
})
