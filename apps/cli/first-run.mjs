#!/usr/bin/env node
// Every npm script and the `showrunner` command enter here. Node 20 must be able to run this file before
// anything is installed, so it is plain JavaScript and imports nothing from npm.
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, isInstalled } from './first-run/install.mjs'
import { launch } from './first-run/launch.mjs'
import { withLock } from './first-run/lock.mjs'
import { fetchNode, findNode } from './first-run/node.mjs'
import { FirstRunError, say } from './first-run/say.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const env = process.env
const place = { root, env, dataDir: resolve(root, env.DATA_DIR || '.showrunner') }

try {
  await prepare()
  process.exitCode = await launch(place, findNode(place), process.argv.slice(2))
} catch (error) {
  if (!(error instanceof FirstRunError)) throw error
  say(error.message)
  process.exitCode = 1
}

// `npm start` and `npm test` may meet on the same fresh clone: the second waits, then finds the work done. Node is kept
// with the data, which may be another user's than the clone.
async function prepare() {
  if (!findNode(place)) {
    await withLock(join(place.dataDir, 'first-run.lock'), async () => {
      if (!findNode(place)) await fetchNode(place)
    })
  }
  if (!isInstalled(root)) {
    await withLock(join(root, '.showrunner/install.lock'), async () => {
      if (!isInstalled(root)) await install(place, findNode(place))
    })
  }
}
