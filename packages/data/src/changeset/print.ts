import { inspect } from 'node:util'

import { type AnyChangeset } from './changeset.ts'
import { errorMessages } from './messages.ts'

/** One look tells what would be written and what is wrong. Redacted fields stay secret. */
export function printChangeset(changeset: AnyChangeset): string {
  const { schema, action, valid } = changeset
  const parts = {
    action,
    changes: redacted(changeset),
    errors: errorMessages(changeset),
    valid,
  }
  return `Changeset<${schema.source}> ${inspect(parts, { depth: 4 })}`
}

function redacted({ schema, changes }: AnyChangeset): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      schema.fields[name]?.isRedacted ? '**redacted**' : value,
    ]),
  )
}
