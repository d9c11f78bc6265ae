import { type Rate } from '../figures.ts'
import { type Kind, type Work } from './subject.ts'

/** What a process is. */
export interface Role {
  readonly kind: Kind
  readonly databaseUrl: string
  /** Ours only: one branch of a preload after the other. */
  readonly inTurn: boolean
}

/** For how long, and how many at once. */
export interface Load {
  readonly seconds: number
  readonly together: number
}

/** What a process is asked, one thing at a time. */
export type Task =
  | ({ readonly task: 'work'; readonly work: Work } & Load)
  | { readonly task: 'statements'; readonly work: Work }
  | { readonly task: 'levels'; readonly parents: number }

/** How often some work was done, and what it took of the processor. */
export interface Pace extends Rate {
  /** Of the process that did it, each time, in microseconds. The database's are not in it. */
  readonly cpu: number
}

export interface Loaded {
  readonly milliseconds: number
  /** What the heap holds of it. */
  readonly bytes: number
}

export type Answer = Pace | Loaded | { readonly count: number }
