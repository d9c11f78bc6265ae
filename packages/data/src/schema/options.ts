import { SchemaError } from '../errors.ts'
import { hint } from '../names.ts'

/** @throws SchemaError for an option that would be passed over in silence. */
export function checkOptions(
  source: string,
  call: string,
  options: object,
  known: readonly string[],
): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new SchemaError(
      source,
      `invalid option "${option}" for ${call}.${hint('options', option, known)}`,
    )
  }
}
