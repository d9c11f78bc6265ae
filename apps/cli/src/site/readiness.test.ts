import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rollback } from '@showrunner/data/migrator'
import { MIGRATIONS } from '../root.ts'
import { watchReadiness } from './readiness.ts'
import { testDatabase } from '@showrunner/domain/testing'

describe('readiness', () => {
  it('has no reasons against it when the database answers and is current', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const readiness = watchReadiness(database.url)

    assert.deepEqual(await readiness.reasons(), [])
    await readiness.close()
  })

  it('names the migrations that have not run', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const step = await rollback({ url: database.url, directory: MIGRATIONS })
    const readiness = watchReadiness(database.url)

    assert.deepEqual(await readiness.reasons(), [`These migrations have not run: ${step?.name}.`])
    await readiness.close()
  })

  it('says why the database does not answer', async () => {
    const readiness = watchReadiness('postgres://nobody@127.0.0.1:1/nothing')

    assert.match(
      (await readiness.reasons()).join(),
      /^The database does not answer: .*ECONNREFUSED/,
    )
    await readiness.close()
  })
})
