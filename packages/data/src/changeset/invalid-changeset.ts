import { inspect } from 'node:util'

import { InvalidChangesetError } from '../errors.ts'
import { type AnyChangeset, type Attempted } from './changeset.ts'
import { errorMessages } from './messages.ts'
import { redacted, redactedChanges } from './redact.ts'
import { errorLines } from './traverse.ts'

/** The error for an invalid changeset that was to be written or applied, with all there is to know of it but secrets. */
export function invalidChangeset(
  changeset: AnyChangeset,
  action: Attempted,
): InvalidChangesetError {
  return new InvalidChangesetError(changeset, action, errorMessages(changeset), {
    errors: errorLines(changeset),
    sections: {
      'Applied changes': printed(redactedChanges(changeset)),
      Params: printed(redacted(changeset.schema, changeset.params)),
      Changeset: inspect(changeset),
    },
  })
}

function printed(value: unknown): string {
  return inspect(value, { depth: 6, maxArrayLength: 20, maxStringLength: 500 })
}
