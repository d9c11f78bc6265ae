import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { mp3Frames } from '@showrunner/audio/testing'
import { Episode } from '@showrunner/domain/episodes'
import { JOBS } from '@showrunner/domain/jobs'
import { aPodcast, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { aTokenOf } from '../../testing/an-api.ts'
import { NOW, testApp } from '../../testing/test-app.ts'
import { diskStaging } from '../../uploads/disk-staging.ts'

/** The script of the README, as a build would run it. */
const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
const [, SCRIPT = ''] = /```sh\n(set -eu\n[^]*?)```/.exec(README) ?? []
const hasTools = ['bash', 'curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe('the script of the README', () => {
  it(
    'makes an episode, and run again no second one',
    { skip: hasTools ? false : 'needs bash, curl and jq' },
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { secret } = await aTokenOf(repo, 'Nell', [podcast])
      const folder = mkdtempSync(join(tmpdir(), 'showrunner-ci-'))
      writeFileSync(join(folder, 'the-lamp.mp3'), mp3Frames(Array.from({ length: 160 }, () => 128)))
      const storage = temporaryStorage()
      const staging = diskStaging({ directory: folder })
      const app = await testApp(repo, { storage, staging })
      const parts = { ...partsOfJobs(repo, { asOf: NOW, sent: [] }), storage, staging }
      // A worker is there at once: what was received is taken before the answer is sent.
      app.addHook('onSend', async ({ method, url }) => {
        if (method === 'GET' && url.includes('/uploads/')) return
        if (url.includes('/audio')) await performWaiting(repo, JOBS, parts)
      })
      await app.listen({ port: 0, host: '127.0.0.1' })
      const address = app.server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      const run = async () => {
        const known = { TOKEN: secret, BUILD: '1042', SITE: `http://127.0.0.1:${port}` }
        const exports = Object.entries(known).map(([name, value]) => `export ${name}='${value}'`)
        const build = spawn('bash', ['-c', [...exports, SCRIPT].join('\n')], { cwd: folder })
        let said = ''
        for (const stream of [build.stdout, build.stderr])
          stream.on('data', (text) => (said += String(text)))
        const [code] = (await once(build, 'close')) as [number]
        return { code, said }
      }

      const first = await run()
      const page = await app.inject('/local-time/the-lamp-on-the-breakwater')
      const again = await run()
      await app.close()

      assert.equal(first.code, 0, first.said)
      assert.match(first.said, /"stage":"published"/)
      assert.equal(page.statusCode, 200)
      assert.notEqual(again.code, 0)
      assert.match(again.said, /It is out already/)
      assert.equal(await repo.count(Episode), 1)
    }),
  )
})
