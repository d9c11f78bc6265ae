import { type Storage } from '@showrunner/storage'
import { type RequestMailParts } from '../requests/index.ts'

/** What every job is handed: the rows, the time, the mail, where the pages are, and the files. */
export interface JobParts extends RequestMailParts {
  readonly storage: Storage
}
