import { type Attempted } from '@showrunner/jobs'
import { type UploadParts } from '../uploads/index.ts'

export interface MovingParts extends UploadParts, Attempted {
  /** For tests only: lets files be fetched from this machine and its network. */
  readonly reachesPrivate?: boolean
}
