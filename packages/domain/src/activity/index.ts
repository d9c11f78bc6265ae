export { type Action } from './action.ts'
export { ACTIONS, Activity } from './activity.ts'
export {
  type Changes,
  type FieldChange,
  type FieldChanges,
  isSame,
  isShortened,
  type RowChange,
  saidFields,
  type Shortened,
  shown,
} from './changes.ts'
export { lastDone } from './last-done.ts'
export {
  type ActivityChoices,
  activityChoices,
  type ActivityFilter,
  type ActivityPage,
  changesSince,
  deletionOf,
  listActivity,
  type Participant,
  visibleTo,
} from './list-activity.ts'
export { type Doer, type Happening, PROGRAM, record, recordCreated, watcher } from './record.ts'
export { isRecorded, type Subject, subjectType } from './subject.ts'
