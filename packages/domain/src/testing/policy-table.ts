import assert from 'node:assert/strict'
import { type Actor, VISITOR } from '../policies/index.ts'

export const [LOCAL_TIME, ANOTHER] = [1, 2]

export const MEMBER: Actor = { ...VISITOR, person: { id: 10, handle: 'member' } }

/** Who asks, in the order of the columns. `other` hosts another podcast than the one that is asked about. */
export const ACTORS: readonly Actor[] = [
  VISITOR,
  MEMBER,
  { ...MEMBER, person: { id: 11, handle: 'editor' }, isEditor: true },
  { ...MEMBER, person: { id: 12, handle: 'other' }, hostOf: [ANOTHER] },
  { ...MEMBER, person: { id: 13, handle: 'host' }, hostOf: [LOCAL_TIME] },
  { ...MEMBER, person: { id: 14, handle: 'admin' }, isAdmin: true },
]

/** Who is not signed in wrote nothing. */
export const personIdOf = ({ person }: Actor) => person?.id ?? 0

/** The table of a policy: a line for each action, a column for each actor. */
export function policyTable<Action extends string>(
  actions: readonly Action[],
  asked: (actor: Actor, action: Action) => boolean,
): string {
  const line = (name: string, cells: readonly string[]) =>
    (name.padEnd(18) + cells.map((cell) => cell.padEnd(9)).join('')).trimEnd()
  return [
    line('', ['visitor', 'member', 'editor', 'other', 'host', 'admin']).trim(),
    ...actions.map((action) =>
      line(
        action,
        ACTORS.map((actor) => (asked(actor, action) ? ' yes' : '  –')),
      ),
    ),
  ].join('\n')
}

export function assertPolicy(actual: string, expected: string): void {
  assert.equal(actual, expected.trim().replaceAll(/^ {8}/gm, ''))
}
