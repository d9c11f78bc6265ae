import { type Repo } from '@showrunner/data'
import { type Storage } from '@showrunner/storage'
import { type Staging } from './staging.ts'

/** What the jobs about uploads work with. */
export interface UploadParts {
  readonly repo: Repo
  readonly clock: () => Date
  readonly storage: Storage
  readonly staging: Staging
}
