import { type UploadParts } from '../uploads/index.ts'

export interface MovingParts extends UploadParts {
  /** For tests only: lets files be fetched from this machine and its network. */
  readonly reachesPrivate?: boolean
}
