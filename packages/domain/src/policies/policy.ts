import { type Actor } from './actor.ts'
import { NotAllowedError } from './errors.ts'

/** Whether somebody may, as far as that follows from who they are and what they ask about. */
type Rule = (actor: Actor, on: never) => boolean

/**
 * What has to be said besides the action: for one of several actions, what all of them look at. A rule that looks at nobody
 * but the actor may be told, for the error's sake.
 */
type On<R> = [R] extends [(actor: Actor, on: infer Thing) => boolean]
  ? unknown extends Thing
    ? [on?: object]
    : [on: Thing]
  : never

export interface Policy<Rules> {
  readonly actions: readonly (keyof Rules)[]
  readonly may: <Action extends keyof Rules>(
    actor: Actor,
    action: Action,
    ...on: On<Rules[Action]>
  ) => boolean
  /** @throws NotAllowedError */
  readonly mayOrThrow: <Action extends keyof Rules>(
    actor: Actor,
    action: Action,
    ...on: On<Rules[Action]>
  ) => void
}

interface PolicyOptions {
  /** Whether who may not `show` one is not to know that it is there. */
  readonly hides?: boolean
}

/** Who may do what with one kind of thing. An action without a rule nobody may, and asking for it does not compile. */
export function policy<const Rules extends Readonly<Record<string, Rule>>>(
  resource: string,
  rules: Rules,
  { hides = false }: PolicyOptions = {},
): Policy<Rules> {
  const allows = (actor: Actor, action: PropertyKey, on?: object): boolean => {
    if (!Object.hasOwn(rules, action)) return false

    // What the rule of an action is asked about, `may` has typed by that rule.
    const rule = rules[action as keyof Rules] as unknown as (actor: Actor, on?: object) => boolean
    return rule(actor, on)
  }

  return {
    actions: Object.keys(rules),
    may: (actor, action, on?: object) => allows(actor, action, on),
    mayOrThrow: (actor, action, on?: object) => {
      if (allows(actor, action, on)) return

      const isHidden = hides && on !== undefined && !allows(actor, 'show', on)
      throw new NotAllowedError(actor, String(action), { resource, on, isHidden })
    },
  }
}
