export { formRow } from './form-row.ts'
export { clockOf, msOf } from './clock.ts'
export { type Known, knownBy, picked, reference } from './references.ts'
export { changeRows, type SentRow, sentRows, withRowsThere } from './sent-rows.ts'
