import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { Eta } from 'eta'
import { escapeHtml } from './safe-html.ts'
import { en, type Words } from './words/index.ts'

/** Every `.eta` file of a folder, compiled. */
export interface Views {
  render: (name: string, data: object, words?: Words) => string
}

const INCLUDE = /\b(include|layout)\('([^']+)'/g

/** A view and all it includes read their texts from `words`, beside what they are given as `it`. */
class ViewsInWords extends Eta {
  words: Words = en
}

/**
 * Compiles all views, so that a mistake in one is known before the first visitor. With `reread` the folder is
 * compiled again for every page, for working on them.
 */
export function readViews(directory: string, { reread = false } = {}): Views {
  const views = compileViews(directory, reread)

  return {
    render(name, data, words = en) {
      const compiled = reread ? compileViews(directory, true) : views
      // Nothing waits while a view is written, so no other page comes in between.
      compiled.words = words
      return compiled.render(`@/${name}`, data)
    },
  }
}

function compileViews(directory: string, debug: boolean): ViewsInWords {
  const eta = new ViewsInWords({
    escapeFunction: escapeHtml,
    debug,
    autoTrim: [false, 'nl'],
    functionHeader: 'const { words } = this',
  })
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  const names = new Set(files.filter((file) => file.endsWith('.eta')).map(viewName))

  for (const name of names) {
    const path = join(directory, `${name}.eta`)
    compileView(eta, name, path, names)
  }

  return eta
}

function compileView(eta: Eta, name: string, path: string, names: ReadonlySet<string>): void {
  try {
    const text = readFileSync(path, 'utf8').replace(
      INCLUDE,
      (_all, verb: string, wanted: string) => {
        return `${verb}('@/${resolve(name, wanted, names)}'`
      },
    )

    eta.loadTemplate(`@/${name}`, text)
  } catch (error) {
    throw new Error(`The view ${path} does not compile: ${reason(error)}`, { cause: error })
  }
}

// Eta looks a partial up on each include; resolved here, once, a missing one is found while starting.
function resolve(from: string, wanted: string, names: ReadonlySet<string>): string {
  const name = wanted.startsWith('/') ? wanted.slice(1) : posix.join(dirname(from), wanted)
  if (!names.has(name))
    throw new Error(`it includes "${wanted}", and there is no view "${name}.eta"`)

  return name
}

function viewName(file: string): string {
  return file.replaceAll('\\', '/').replace(/\.eta$/, '')
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
