/** For the compiler alone: which join a preload takes its rows from, and what it loads on them. */
declare const NESTED: unique symbol

/** Made by `joined`. */
export class Joined<Alias extends string = string, Nested = unknown> {
  declare readonly [NESTED]?: Nested
  readonly alias: Alias
  readonly nested: readonly unknown[]

  constructor(alias: Alias, nested: readonly unknown[]) {
    this.alias = alias
    this.nested = nested
  }
}

/**
 * In `preload`, the rows that the query has joined under this name, which then cost no statement of
 * their own: `.join('comments').preload({ comments: joined('comments', { author: joined('author') }) })`.
 * Whatever filters the join filters the association.
 */
export function joined<const Alias extends string, const Nested extends readonly unknown[]>(
  alias: Alias,
  ...nested: Nested
): Joined<Alias, Nested> {
  return new Joined<Alias, Nested>(alias, nested)
}
