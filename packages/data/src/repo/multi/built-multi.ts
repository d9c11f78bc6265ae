import { inspect } from 'node:util'

import { type AnyChangeset, changesetOf } from '../../changeset/changeset.ts'
import { QueryError } from '../../errors.ts'
import { sourceOf } from '../../query/source.ts'
import { isRow } from '../../schema/instance.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type MultiOperation } from './multi-operation.ts'
import { type Repo } from '../repo.ts'

/** The results so far, by name. */
export type Results = { readonly [name: string]: unknown }

/** One operation, and what does it. A merge and an inspection have no name. */
export interface Step {
  readonly name: string | undefined
  readonly operation: MultiOperation
  /** Answers as `run` has to: `{ ok, … }`, looked at by whoever calls it. */
  readonly perform: (repo: Repo, results: Results) => Promise<unknown>
}

type Write = 'insert' | 'update' | 'delete' | 'insertOrUpdate'
type Given = readonly unknown[]

/** Behind the types of Multi. A class, so that one is told from a function. */
export class BuiltMulti {
  readonly steps: readonly Step[]

  constructor(steps: readonly Step[]) {
    this.steps = steps
  }

  insert(name: string, base: unknown, options?: object): BuiltMulti {
    return this.#write('insert', name, base, options)
  }

  update(name: string, changeset: unknown, options?: object): BuiltMulti {
    return this.#write('update', name, changeset, options)
  }

  delete(name: string, base: unknown, options?: object): BuiltMulti {
    return this.#write('delete', name, base, options)
  }

  insertOrUpdate(name: string, changeset: unknown, options?: object): BuiltMulti {
    return this.#write('insertOrUpdate', name, changeset, options)
  }

  insertAll(name: string, schema: AnySchema, rows: unknown, options?: object): BuiltMulti {
    return this.#value(name, 'insertAll', options ? { options } : {}, async (repo, results) =>
      repo.insertAll(schema, (await made(rows, results)) as never, options),
    )
  }

  updateAll(name: string, source: unknown, set: object, options?: object): BuiltMulti {
    return this.#query('updateAll', name, source, [set, options], options)
  }

  deleteAll(name: string, source: unknown, options?: object): BuiltMulti {
    return this.#query('deleteAll', name, source, [options], options)
  }

  one(name: string, source: unknown): BuiltMulti {
    return this.#query('one', name, source, [])
  }

  all(name: string, source: unknown): BuiltMulti {
    return this.#query('all', name, source, [])
  }

  exists(name: string, source: unknown): BuiltMulti {
    return this.#query('exists', name, source, [])
  }

  run(name: string, work: (results: Results, repo: Repo) => unknown): BuiltMulti {
    return this.#with(name, { kind: 'run' }, async (repo, results) => work(results, repo))
  }

  put(name: string, value: unknown): BuiltMulti {
    return this.#value(name, 'put', { value }, async () => value)
  }

  error(name: string, value: unknown): BuiltMulti {
    return this.#with(name, { kind: 'error', value }, async () => ({ ok: false, value }))
  }

  merge(make: (results: Results) => unknown): BuiltMulti {
    return this.#with(undefined, { kind: 'merge' }, async (_repo, results) => make(results))
  }

  append(other: BuiltMulti): BuiltMulti {
    return joined(this, other, 'append')
  }

  prepend(other: BuiltMulti): BuiltMulti {
    return joined(other, this, 'prepend')
  }

  inspect(options: { only?: string | readonly string[]; label?: string } = {}): BuiltMulti {
    const only = options.only === undefined ? undefined : [options.only].flat()
    return this.#with(undefined, { kind: 'inspect', options }, async (_repo, results) => {
      const wanted = Object.entries(results).filter(([name]) => only?.includes(name) ?? true)
      const label = options.label === undefined ? '' : `${options.label}: `
      process.stdout.write(`${label}${inspect(Object.fromEntries(wanted), { depth: 4 })}\n`)
    })
  }

  toList(): readonly (readonly [string, MultiOperation])[] {
    return this.steps.map(({ name, operation }) => [name ?? operation.kind, operation])
  }

  [inspect.custom](): string {
    const steps = this.steps.map(({ name, operation }) =>
      name === undefined ? operation.kind : `${name}: ${operation.kind}`,
    )
    return `Multi<${steps.join(', ')}>`
  }

  #write(kind: Write, name: string, base: unknown, options: object | undefined): BuiltMulti {
    const known = typeof base === 'function' ? {} : { changeset: asChangeset(base) }
    const operation = { kind, ...known, ...(options && { options }) }
    return this.#with(name, operation, async (repo, results) =>
      // The types of Multi let in nothing but what the repo's function takes, or a function that makes it.
      repo[kind]((await made(base, results)) as never, options),
    )
  }

  #query(
    kind: 'updateAll' | 'deleteAll' | 'one' | 'all' | 'exists',
    name: string,
    source: unknown,
    rest: Given,
    options?: object,
  ): BuiltMulti {
    const known = typeof source === 'function' ? {} : { query: sourceOf(source as AnySchema) }
    return this.#value(
      name,
      kind,
      { ...known, ...(options && { options }) },
      async (repo, results) => {
        const run = repo[kind] as (...given: Given) => Promise<unknown>
        return run(await made(source, results), ...rest)
      },
    )
  }

  /** An operation that either has a result or throws. */
  #value(
    name: string,
    kind: MultiOperation['kind'],
    more: Omit<MultiOperation, 'kind'>,
    work: Step['perform'],
  ): BuiltMulti {
    return this.#with(name, { kind, ...more }, async (repo, results) => ({
      ok: true,
      value: await work(repo, results),
    }))
  }

  #with(name: string | undefined, operation: MultiOperation, perform: Step['perform']): BuiltMulti {
    if (this.steps.some((step) => step.name !== undefined && step.name === name)) {
      throw new QueryError(
        `"${name}" is already a member of the Multi. Known: ${namesOf(this).join(', ')}. Give the ${operation.kind} another name.`,
      )
    }
    return new BuiltMulti([...this.steps, { name, operation, perform }])
  }
}

function asChangeset(base: unknown): AnyChangeset {
  return isRow(base) ? changesetOf(base) : (base as AnyChangeset)
}

/** What was given, or what a function makes of the results so far. */
async function made(given: unknown, results: Results): Promise<unknown> {
  return typeof given === 'function' ? (given as (results: Results) => unknown)(results) : given
}

/** @throws QueryError when both have operations of the same name. */
function joined(first: BuiltMulti, second: BuiltMulti, call: string): BuiltMulti {
  refuseShared(namesOf(first), namesOf(second), call)
  return new BuiltMulti([...first.steps, ...second.steps])
}

export function namesOf({ steps }: BuiltMulti): readonly string[] {
  return steps.map(({ name }) => name).filter((name) => name !== undefined)
}

/** @throws QueryError */
export function refuseShared(
  some: readonly string[],
  others: readonly string[],
  call: string,
): void {
  const shared = others.filter((name) => some.includes(name))
  if (shared.length === 0) return
  throw new QueryError(
    `${call}() was given a Multi with operations whose names are taken: ${shared.join(', ')}. Rename them in one of the two.`,
  )
}
