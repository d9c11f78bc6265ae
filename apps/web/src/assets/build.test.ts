import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import Fastify from 'fastify'
import { buildAssets } from './build.ts'

/** What a first visit may weigh, in bytes as they travel, with the page itself: scripts, styles and two fonts. */
const FIRST_VIEW = 92_000

describe('buildAssets', () => {
  it('builds once, serves what it built for good, and keeps the first view small', async () => {
    const outDir = join(mkdtempSync(join(tmpdir(), 'showrunner-assets-')), 'assets')
    let builds = 0
    const onBuild = () => (builds += 1)

    const assets = await buildAssets({ outDir, onBuild })
    await buildAssets({ outDir, onBuild })
    const app = Fastify()
    await assets.serve(app)
    const addresses = Array.from(
      assets.head.matchAll(/(?:href|src)="([^"]+)"/g),
      ([, at = '']) => at,
    )
    const answers = await Promise.all(
      addresses.map((url) => app.inject({ url, headers: { 'accept-encoding': 'br' } })),
    )

    assert.equal(builds, 1)
    assert.equal(addresses.length, 5)
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200, 200, 200],
    )
    assert.match(String(answers.at(-1)?.headers['cache-control']), /immutable/)
    const weight = answers.reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)
    assert.ok(weight < FIRST_VIEW, `the first view weighs ${weight} bytes`)
  })

  it('is built by several at once without harm', async () => {
    const outDir = join(mkdtempSync(join(tmpdir(), 'showrunner-assets-')), 'assets')

    const built = await Promise.all([buildAssets({ outDir }), buildAssets({ outDir })])

    assert.equal(built[0].head, built[1].head)
    assert.deepEqual(readdirSync(dirname(outDir)), ['assets'])
  })

  it('lays a compressed twin beside every text, and names its files by content', async () => {
    const outDir = join(mkdtempSync(join(tmpdir(), 'showrunner-assets-')), 'assets')
    await buildAssets({ outDir })

    const style = readdirSync(outDir).find((file) => /^main-.*\.css$/.test(file))
    assert.ok(style)
    assert.match(style, /^main-[\w-]{8}\.css$/)
    assert.equal(
      brotliDecompressSync(readFileSync(join(outDir, `${style}.br`))).toString(),
      readFileSync(join(outDir, style), 'utf8'),
    )
    assert.ok(!existsSync(`${outDir}.${process.pid}`))
  })
})
