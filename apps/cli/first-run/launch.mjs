import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { FirstRunError } from './say.mjs'

const LOOK_MS = 500

/** Hands over to the program itself, passes signals on, and resolves to its exit code. */
export function launch({ root, env }, node, args) {
  const main = join(root, 'apps/cli/src/main.ts')
  // The channel carries nothing: it closes when this process dies, however it dies, and the program then ends.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (env.npm_lifecycle_event) endWithNpm(child)
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new FirstRunError(`Cannot run ${node}: ${error.message}. Remove it and start again.`)),
    )
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

// npm killed outright closes nothing and signals nobody. What it leaves is a changed parent, ours or our shell's.
function endWithNpm(child) {
  const before = ancestry()
  setInterval(() => {
    if (ancestry() !== before) child.kill('SIGTERM')
  }, LOOK_MS).unref()
}

function ancestry() {
  return `${process.ppid} ${shellParent(process.ppid)}`
}

// npm runs scripts through a shell, and only some shells step aside. Of other parents the parent is none of our business.
function shellParent(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return /^(ba|da|z|k)?sh$/.test(name) ? parent : ''
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}
