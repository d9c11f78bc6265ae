import { ChangesetError } from '../errors.ts'
import { hint } from '../names.ts'

/**
 * Refuses options that the call would pass over in silence.
 *
 * @throws ChangesetError
 */
export function checkOptions(call: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new ChangesetError(
      `unknown option "${option}" given to ${call}.${hint('options', option, known)}`,
    )
  }
}
