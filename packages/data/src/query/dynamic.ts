import { inspect } from 'node:util'

import { QueryError } from '../errors.ts'
import { type AnySchema } from '../schema/schema.ts'
import { allOf, anyOf, conditionsOf, notOf } from './conditions.ts'
import { describedKey } from './keys.ts'
import { type Condition, EMPTY, FreeCondition } from './model.ts'
import { printCondition } from './print.ts'
import { type JoinMap, type TakesCondition } from './query.ts'
import { namesOf } from './references.ts'
import { type Source, sourceOf } from './source.ts'

/** For the compiler alone: the schema and the joins whose fields it names. */
declare const NEEDS: unique symbol

/** A condition that is a value of its own, for whatever knows its schema and joins. */
export interface Holds<S extends AnySchema, Joins extends JoinMap = {}> extends FreeCondition {
  readonly [NEEDS]?: (schema: S, joins: Joins) => void
}

/**
 * A condition that is a value of its own, to be put together piece by piece and given to `where`,
 * `orWhere`, `having` or a join's `on`. It prints itself. Each method gives a new one.
 */
export interface Dynamic<S extends AnySchema, Joins extends JoinMap = {}> extends Holds<S, Joins> {
  /** Both hold. Takes what `where` takes. */
  and: TakesCondition<S, Joins, Dynamic<S, Joins>>
  /** One of the two holds. Takes what `where` takes. */
  or: TakesCondition<S, Joins, Dynamic<S, Joins>>
  /** It does not hold. Not of no condition is no condition. */
  not(): Dynamic<S, Joins>
}

/**
 * A condition on a schema, or on a query with its joins, that says nothing yet:
 * `dynamic(Book).and({ kind: 'novel' }).or('pages', '>', 900)`.
 */
export function dynamic<S extends AnySchema, Spec = unknown, Joins extends JoinMap = {}>(
  source: Source<S, Spec, Joins>,
): Dynamic<S, Joins> {
  const { schema, state } = sourceOf(source)
  return new BuiltDynamic(schema, state.joins, undefined)
}

/** Rows for which the query, which may name their fields by `parent`, has a row. */
export function exists<S extends AnySchema, Spec, Joins extends JoinMap>(
  source: Source<S, Spec, Joins>,
): Dynamic<AnySchema> {
  const query = sourceOf(source)
  const key = describedKey(query, 'any')
  const condition: Condition = {
    kind: 'exists',
    query,
    key: key === undefined ? undefined : `exists${key}`,
  }
  return new BuiltDynamic(undefined, [], condition)
}

/** Rows for which the query, which may name their fields by `parent`, has no row. */
export function notExists<S extends AnySchema, Spec, Joins extends JoinMap>(
  source: Source<S, Spec, Joins>,
): Dynamic<AnySchema> {
  return exists(source).not()
}

class BuiltDynamic extends FreeCondition {
  and(...given: readonly unknown[]): BuiltDynamic {
    return this.#with(allOf([...this.#own(), ...this.#given('and()', given)]))
  }

  or(...given: readonly unknown[]): BuiltDynamic {
    const other = allOf(this.#given('or()', given))
    return this.#with(anyOf([...this.#own(), ...(other ? [other] : [])]))
  }

  not(): BuiltDynamic {
    return this.#with(this.condition && notOf(this.condition))
  }

  [inspect.custom](): string {
    const shown = this.condition ? printCondition(this.condition) : 'no condition'
    return `dynamic(${this.schema?.source ?? 'any'}: ${shown})`
  }

  #own(): readonly Condition[] {
    return this.condition ? [this.condition] : []
  }

  #given(call: string, given: readonly unknown[]): readonly Condition[] {
    const [first] = given
    if (this.schema) {
      const names = namesOf({ schema: this.schema, state: { ...EMPTY, joins: this.joins } })
      return conditionsOf(names, call, given)
    }
    if (first instanceof FreeCondition) return first.condition ? [first.condition] : []
    throw new QueryError(
      `${call} of exists() takes another dynamic. Begin with dynamic(Schema, exists(…)) to name fields.`,
    )
  }

  #with(condition: Condition | undefined): BuiltDynamic {
    return new BuiltDynamic(this.schema, this.joins, condition)
  }
}
