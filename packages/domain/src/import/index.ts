export { type AttachOptions, type AttachSummary } from './attach.ts'
export { type DocumentsSummary } from './documents.ts'
export { type ShownState, SILENT_MS, stateOf } from './import-state.ts'
export { Import, IMPORT_STATES, importChangeset, type ImportState } from './import.ts'
export {
  askForImport,
  cancelImport,
  editImport,
  getImport,
  isUnderWay,
  type ListedImport,
  listImports,
  lookAgain,
  startImport,
} from './imports.ts'
export { IMPORT_JOBS } from './jobs.ts'
export { ImportError } from './import-error.ts'
export { importNotes } from './import-notes.ts'
export { importPodcast, type ImportOptions, type ImportSummary } from './import-podcast.ts'
export { importTranscripts } from './import-transcripts.ts'
export { type FieldChange, type ImportPreview, type PlannedEpisode } from './preview.ts'
export { previewPodcast } from './preview-podcast.ts'
export { type ImportProgress } from './progress.ts'
export { type ImportReport } from './report.ts'
export { type ImportParts } from './run-imports.ts'
export { type FeedSource } from './origin.ts'
export { type Skipped } from './plan-episodes.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type ImportEvent } from './run.ts'
export { type Outcome } from './save-podcast.ts'
