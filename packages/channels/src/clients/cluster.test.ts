import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe } from 'node:test'
import { NO_DATABASE, NO_NATS, natsServer, ownDatabase } from '@showrunner/pubsub/testing'
import { clusterContract } from './testing/cluster-contract.ts'

const LISTENING = `select count(*)::int as count from pg_stat_activity
  where datname = current_database() and application_name = 'showrunner pubsub'`

describe('Three processes over NATS', () => {
  clusterContract(async (t) => {
    const server = await natsServer()
    if (!server) return NO_NATS
    t.after(() => server.stop())
    return { kind: 'nats', url: server.url, prefix: `test_${randomBytes(6).toString('hex')}` }
  })
})

describe('Three processes over PostgreSQL', () => {
  clusterContract(async (t) => {
    const database = await ownDatabase()
    if (!database) return NO_DATABASE
    t.after(async () => {
      const listening = await database.run(LISTENING)
      await database.drop()
      assert.deepEqual(listening, [{ count: 0 }])
    })
    return { kind: 'postgres', url: database.url, prefix: '' }
  })
})
