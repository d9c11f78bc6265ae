export { AS_OPENED, asOpened, isOvertaken } from './as-opened.ts'
export { type Conflict, conflictOf, conflictWith, type FieldConflict } from './conflict.ts'
export { type LatestVersion, latestVersion } from './latest-version.ts'
export { type SentParams } from './merged-rows.ts'
