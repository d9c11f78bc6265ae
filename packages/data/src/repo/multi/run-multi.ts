import { inspect } from 'node:util'

import { QueryError, RollbackError, TransactionError } from '../../errors.ts'
import { isRecord } from '../../schema/casts.ts'
import { BuiltMulti, namesOf, refuseShared, type Results, type Step } from './built-multi.ts'
import { type Repo } from '../repo.ts'

type Outcome = { readonly ok: true; readonly value: unknown } | Failure
type Failure = { readonly ok: false; readonly value: unknown }

/** What running a Multi comes to. See MultiResult. */
type Ran =
  | { readonly ok: true; readonly value: Results }
  | {
      readonly ok: false
      readonly name: string
      readonly value: unknown
      readonly changes: Results
    }

/** Runs a Multi in a transaction of the repo. What is known to fail is found before one begins. See Repo. */
export async function runMulti(repo: Repo, multi: BuiltMulti): Promise<Ran> {
  if (multi.steps.length === 0) return { ok: true, value: {} }
  const refused = await refusedBefore(repo, multi)
  if (!refused) return repo.transaction(() => performAll(repo, multi, {}, []))
  // The transaction that this would have joined has failed all the same.
  return repo.inTransaction() ? repo.transaction(async () => refused) : refused
}

async function refusedBefore(repo: Repo, { steps }: BuiltMulti): Promise<Ran | undefined> {
  for (const step of steps) {
    const { kind, changeset } = step.operation
    if (kind !== 'error' && changeset?.valid !== false) continue
    // Writing an invalid changeset sends nothing.
    const outcome = await perform(repo, step, {})
    if (!outcome.ok && step.name !== undefined) {
      return { ok: false, name: step.name, value: outcome.value, changes: {} }
    }
  }
  return undefined
}

/** `taken` are the names of the Multis that this one is merged into. */
async function performAll(
  repo: Repo,
  multi: BuiltMulti,
  before: Results,
  taken: readonly string[],
): Promise<Ran> {
  let results = before
  for (const step of multi.steps) {
    if (step.operation.kind === 'merge') {
      const other = await step.perform(repo, results)
      const names = [...taken, ...namesOf(multi), ...Object.keys(results)]
      if (!(other instanceof BuiltMulti)) {
        throw new QueryError(
          `expected the function given to merge() to return a Multi, got: ${inspect(other, { depth: 0 })}`,
        )
      }
      refuseShared(names, namesOf(other), 'merge')
      const merged = await performAll(repo, other, results, names)
      if (!merged.ok) return merged
      results = merged.value
    } else if (step.name === undefined) {
      await step.perform(repo, results)
    } else {
      const outcome = await perform(repo, step, results)
      if (!outcome.ok) {
        return { ok: false, name: step.name, value: outcome.value, changes: results }
      }
      results = { ...results, [step.name]: outcome.value }
    }
  }
  return { ok: true, value: results }
}

async function perform(repo: Repo, step: Step, results: Results): Promise<Outcome> {
  try {
    return outcomeOf(step, await step.perform(repo, results))
  } catch (error) {
    if (!(error instanceof RollbackError)) throw error
    throw new TransactionError(
      `operation "${step.name}" of the Multi is rolling back unexpectedly, by repo.rollback(). ` +
        `Have it return { ok: false, value }, which does the same and says where.`,
      { cause: error },
    )
  }
}

function outcomeOf({ name, operation }: Step, given: unknown): Outcome {
  if (isRecord(given) && given['ok'] === true && 'value' in given) {
    return { ok: true, value: given['value'] }
  }
  if (isRecord(given) && given['ok'] === false) {
    return { ok: false, value: 'changeset' in given ? given['changeset'] : given['value'] }
  }
  throw new QueryError(
    `expected the function of operation "${name}" (${operation.kind}) of the Multi to return { ok: true, value } or { ok: false, value }, ` +
      `got: ${inspect(given, { depth: 1, breakLength: Infinity })}`,
  )
}
