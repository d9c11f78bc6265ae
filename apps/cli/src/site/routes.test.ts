import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findRoutes } from './routes.ts'

describe('findRoutes', () => {
  it('lists every address once, without a database', async () => {
    const routes = (await findRoutes()).map(({ method, path }) => `${method} ${path}`)

    for (const route of ['GET /', 'GET /assets/*', 'GET /healthz', 'POST /in/:token']) {
      assert.ok(routes.includes(route), `${route} is not in ${routes.join(', ')}`)
    }
    assert.deepEqual(routes, [...new Set(routes)])
  })
})
