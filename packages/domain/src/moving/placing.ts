import { type Repo } from '@showrunner/data'
import { type MovedFile } from './moved-file.ts'
import { type MovingParts } from './parts.ts'

/** A file that has come, on its way into its place. */
export interface Placing {
  readonly parts: MovingParts
  /** Of who asked for it: what is changed is written down as theirs. */
  readonly repo: Repo
  readonly file: MovedFile
  readonly path: string
}

/** Where it was stored. `write` lets everything that had the old address have the new one. */
export interface Put {
  readonly key: string
  readonly bytes: number
  /** What was noticed. */
  readonly message: string | null
  readonly write: () => Promise<void>
}
