import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNpm } from './npm.mjs'
import { say } from './say.mjs'

const HERE = ` ${process.platform} ${process.arch}\n`

/** True when node_modules is what package-lock.json asks for, whole. Looks at files only, never at the network. */
export function isInstalled(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(lock)
  return isWhole(root, packages) && (isStamped(root, lock) || isInstalledByHand(root, packages))
}

export async function install(place, node) {
  say('Installing packages (about 300 MB, the first time only) …')
  const started = Date.now()
  // Without development packages `npm test` would find nothing to test with, whatever NODE_ENV says now.
  const wanted = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--prefer-offline',
  ]
  await runNpm(place, node, wanted, place.root)
  writeFileSync(
    stampFile(place.root),
    stampText(readFileSync(join(place.root, 'package-lock.json'))),
  )
  say(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

function isWhole(root, packages) {
  return Object.entries(packages).every(
    ([path, entry]) => !isNeeded(path, entry) || existsSync(join(root, path, 'package.json')),
  )
}

function isStamped(root, lock) {
  return readOptional(stampFile(root)) === stampText(lock)
}

// npm writes .package-lock.json last, so what it lists is there.
function isInstalledByHand(root, packages) {
  const stamp = readOptional(stampFile(root))
  const listed = readOptional(join(root, 'node_modules/.package-lock.json'))
  if (!listed || (stamp && !stamp.endsWith(HERE))) return false
  const present = JSON.parse(listed).packages
  return Object.entries(packages).every(
    ([path, entry]) => !isNeeded(path, entry) || present[path]?.version === entry.version,
  )
}

function isNeeded(path, entry) {
  return path.startsWith('node_modules/') && !entry.optional && !entry.devOptional && !entry.peer
}

function stampFile(root) {
  return join(root, 'node_modules/.showrunner-installed')
}

function stampText(lock) {
  return `${createHash('sha256').update(lock).digest('hex')}${HERE}`
}

function readOptional(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
