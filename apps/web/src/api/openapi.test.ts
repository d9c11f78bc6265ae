import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sandboxed } from '@showrunner/domain/testing'
import { routesOf } from '../testing/routes-of.ts'
import { PUBLIC_URL, testApp } from '../testing/test-app.ts'
import { routeOf } from './answer-reads.ts'
import { type DocumentedOperation, type JsonSchema, methodOf, openApi } from './openapi.ts'
import { OPERATIONS } from './operations.ts'

const document = openApi(OPERATIONS, { title: 'Long Shed', publicUrl: PUBLIC_URL })
const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Everything in it that names something else in it. */
function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, held]) =>
    name === '$ref' ? [String(held)] : refsIn(held),
  )
}

function schemasIn({
  parameters,
  responses,
  requestBody,
}: DocumentedOperation): readonly JsonSchema[] {
  const answers = Object.values(responses).flatMap(({ content = {} }) => Object.values(content))
  const bodies = Object.values(requestBody?.content ?? {})
  return [...parameters, ...answers, ...bodies].map(({ schema }) => schema)
}

describe('the OpenAPI document', () => {
  it('has each route there is, and no other', async () => {
    const routes = (await routesOf('/api/v1'))
      .filter(({ url, method }) => !/\*|\/api\/v1\/?$/.test(url) && method !== 'OPTIONS')
      .map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`)
    const own = OPERATIONS.map((operation) => `${methodOf(operation)} ${routeOf(operation.path)}`)
    const inDocument = documented.map(
      ({ method, path }) => `${method.toUpperCase()} ${routeOf(path)}`,
    )

    assert.deepEqual(
      own.filter((route) => !routes.includes(route)),
      [],
    )
    assert.deepEqual(inDocument.toSorted(), own.toSorted())
    assert.equal(new Set(own).size, own.length)
  })

  it('names nothing that is not in it, and names nothing twice', () => {
    const there = Object.keys(document.components.schemas).map(
      (name) => `#/components/schemas/${name}`,
    )

    assert.deepEqual(
      refsIn(document).filter((ref) => !there.includes(ref)),
      [],
    )
    const ids = documented.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    assert.equal(document.openapi, '3.1.0')
    assert.doesNotMatch(JSON.stringify(document), /\$defs|\$schema|"id":"[A-Z]/)
  })

  it('says of each operation what it takes, all of it bounded, what it answers, and what may go wrong', () => {
    for (const { path, method, operation } of documented) {
      const said = `${method} ${path}`
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      const named = operation.parameters.filter((one) => one.in === 'path')
      assert.deepEqual(named.map(({ name }) => name).toSorted(), inPath.toSorted(), said)
      for (const { name, required, schema } of operation.parameters) {
        if (inPath.includes(name)) assert.ok(required, said)
        const isBounded =
          schema.enum !== undefined ||
          schema.maxLength !== undefined ||
          schema.maximum !== undefined ||
          schema.format === 'date-time'
        assert.ok(isBounded, `${said}: ${name} may be anything`)
      }
      assert.ok(
        document.tags.some(({ name }) => name === operation.tags[0]),
        said,
      )
      assert.ok(operation.summary.length > 0, said)
      const statuses = Object.keys(operation.responses)
      assert.ok(
        statuses.some((status) => status.startsWith('2')),
        said,
      )
      assert.ok(statuses.includes('429') && statuses.includes('400'), said)
      assert.equal(statuses.includes('401'), operation.security.length > 0, said)
      for (const schema of schemasIn(operation)) assert.equal(typeof schema, 'object')
    }
  })

  it(
    'is at its address, for whoever asks',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const { statusCode, headers, body } = await app.inject('/api/openapi.json')

      assert.equal(statusCode, 200)
      assert.match(
        String(headers['content-type']),
        /^application\/vnd\.oai\.openapi\+json; version=3\.1/,
      )
      assert.equal(headers['access-control-allow-origin'], '*')
      assert.deepEqual(
        Object.keys((JSON.parse(body) as typeof document).paths),
        Object.keys(document.paths),
      )
    }),
  )
})
