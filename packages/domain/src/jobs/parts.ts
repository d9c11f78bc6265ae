import { type Repo } from '@showrunner/data'

/** What every job is handed. */
export interface JobParts {
  readonly repo: Repo
  readonly clock: () => Date
}
