import { inspect, type InspectOptions } from 'node:util'

import { type AnyChangeset } from './changeset.ts'
import { errorMessages } from './messages.ts'
import { shownChanges } from './redact.ts'

/** One look tells what would be written and what is wrong. Redacted fields stay secret. */
export function printChangeset(changeset: AnyChangeset, options: InspectOptions = {}): string {
  const { schema, action, valid } = changeset
  const parts = {
    action,
    changes: shownChanges(changeset),
    errors: errorMessages(changeset),
    valid,
  }
  // Each changeset starts anew, so that those of its relations are shown as well as it is.
  return `Changeset<${schema.source || 'embedded'}> ${inspect(parts, { ...options, depth: 4 })}`
}
