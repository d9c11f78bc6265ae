/** Made by `joined`. */
export class Joined<
  Alias extends string = string,
  Nested extends readonly unknown[] = readonly unknown[],
> {
  readonly alias: Alias
  /** What is loaded on its rows in turn. */
  readonly nested: Nested

  constructor(alias: Alias, nested: Nested) {
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
  return new Joined(alias, nested)
}
