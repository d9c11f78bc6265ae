import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { FirstRunError, say } from './say.mjs'

const TETHER = fileURLToPath(new URL('../src/processes/tether.sh', import.meta.url))
const STILL_MS = 10_000
const QUIET = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
// npm's own patience is minutes long, which looks like a hang to somebody who is offline.
const PATIENCE = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
]
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/

/** Runs npm quietly with the given Node; what it printed becomes the message when it fails. */
export async function runNpm({ env }, node, args, cwd) {
  const npm = npmProgram(env)
  const command = npm.endsWith('.js') ? [node, npm] : [npm]
  const child = spawnTethered([...command, ...args, ...QUIET, ...PATIENCE], {
    cwd,
    env: { ...env, PATH: `${dirname(node)}${delimiter}${env.PATH}` },
  })
  const started = Date.now()
  const still = setInterval(
    () => say(`  … still at it after ${Math.round((Date.now() - started) / 1000)} s`),
    STILL_MS,
  )
  const printed = []
  child.stdout.on('data', (chunk) => printed.push(chunk))
  child.stderr.on('data', (chunk) => printed.push(chunk))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).finally(() => clearInterval(still))
  if (code !== 0) throw new FirstRunError(explain(Buffer.concat(printed).toString(), code))
}

// An npm that outlived us would go on writing into node_modules while the next run repairs it.
function spawnTethered(command, options) {
  if (process.platform === 'win32') return spawn(command[0], command.slice(1), options)
  return spawn('sh', [TETHER, 'KILL', ...command], { ...options, detached: true })
}

function npmProgram(env) {
  if (basename(env.npm_execpath ?? '') === 'npm-cli.js') return env.npm_execpath
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const npm = join(folder, 'npm')
    if (folder && existsSync(npm)) return realpathSync(npm)
  }
  throw new FirstRunError('npm was not found on the PATH. It comes with Node: https://nodejs.org')
}

function explain(printed, code) {
  const lines = printed.split('\n').filter((line) => !line.includes('complete log of this run'))
  const unreachable = UNREACHABLE.exec(printed)
  if (!unreachable) return `npm ended with code ${code}:\n${lines.join('\n').trim()}`
  return (
    `The npm registry could not be reached (${unreachable[0]}). The network is needed once, to fetch the packages; ` +
    'after that everything works offline.\nCheck the connection, and a proxy if there is one (npm config list), ' +
    'then run the same command again.'
  )
}
