import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'
import { WebSocket } from 'ws'
import { type Library } from './library.ts'
import { FetchedRequest } from './fetched-request.ts'

export const LIBRARIES = ['phoenix', 'phoenix-1.7', 'phoenix-1.2'] as const
export type LibraryName = (typeof LIBRARIES)[number]

/** What a page loads: the file that the package is for without a bundler. */
export function scriptOf(name: LibraryName): string {
  const main = createRequire(import.meta.url).resolve(name)
  return readFileSync(main.replace(/phoenix(\.cjs)?\.js$/, 'phoenix.js'), 'utf8')
}

/** The newest one finds in Node what it needs. The others are given a window. */
export function libraryOf(name: LibraryName): Library {
  if (name === 'phoenix') return loaded(scriptOf(name), TIMERS)
  const window = { ...TIMERS, WebSocket, XMLHttpRequest: FetchedRequest }
  return loaded(scriptOf(name), { ...window, window, self: window })
}

// They forget to end some of theirs, and a page that is closed does not go on for them either.
const TIMERS = {
  setTimeout: (work: () => void, after: number) => setTimeout(work, after).unref(),
  setInterval: (work: () => void, after: number) => setInterval(work, after).unref(),
}

function loaded(script: string, globals: object): Library {
  const load = compileFunction(
    `const exports = {}; ${script}\nreturn typeof Phoenix === 'undefined' ? exports : Phoenix`,
    Object.keys(globals),
  )
  return load(...Object.values(globals)) as Library
}
