import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { runNpm } from './npm.mjs'
import { explainUnwritable, FirstRunError, say } from './say.mjs'

const MAJOR = 24

/** The Node to go on with: the running one when it runs TypeScript as it is, else the one fetched before. */
export function findNode({ dataDir }) {
  if (runsTypeScript(process.versions.node)) return process.execPath
  const fetched = fetchedNode(dataDir)
  return existsSync(fetched) ? fetched : undefined
}

export function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number)
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
}

/** Node comes from npm, as everything else does: no second host to reach, no tool to unpack it with. */
export async function fetchNode(place) {
  const home = dirname(dirname(fetchedNode(place.dataDir)))
  say(`Fetching Node ${MAJOR} (this is Node ${process.versions.node}; needed is 22.18 or newer) …`)
  const work = join(place.dataDir, 'node-part')
  try {
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work, { recursive: true })
  } catch (error) {
    throw explainUnwritable(error, place.dataDir)
  }
  try {
    rmSync(home, { recursive: true, force: true })
    renameSync(await download(place, work), home)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function download(place, work) {
  const failures = []
  for (const name of [`node-${platform()}-${process.arch}`, 'node']) {
    const home = join(work, 'node_modules', name)
    const wanted = [
      'install',
      `${name}@${MAJOR}`,
      '--prefix',
      work,
      '--no-save',
      '--no-package-lock',
    ]
    try {
      await runNpm(place, process.execPath, wanted, work)
      verify(join(home, executable()))
      return home
    } catch (error) {
      failures.push(`${name}: ${error.message}`)
    }
  }
  throw new FirstRunError(
    `Node ${MAJOR} could not be fetched from npm.\n${failures.join('\n')}\n` +
      'Install Node 22.18 or newer by hand (https://nodejs.org) and run this again.',
  )
}

function verify(node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  if (!version.startsWith(`v${MAJOR}.`)) throw new Error(`it says it is ${version}`)
}

function fetchedNode(dataDir) {
  return join(dataDir, `node-${MAJOR}-${platform()}-${process.arch}`, executable())
}

function platform() {
  return process.platform === 'win32' ? 'win' : process.platform
}

function executable() {
  return process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
}
