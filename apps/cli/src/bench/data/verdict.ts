import { type Ratio } from '../figures.ts'

/** What a ratio has to be. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number }

/** Says what is asked, and whether the middle of the rounds is that. */
export function verdict({ middle }: Pick<Ratio, 'middle'>, goal: Goal): string {
  const [limit, met] =
    'atLeast' in goal
      ? [goal.atLeast, middle >= goal.atLeast]
      : [goal.atMost, middle <= goal.atMost]
  return `${limit} ${met ? 'met' : 'MISSED'}`
}
