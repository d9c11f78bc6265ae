import { type Import, type ImportState } from './import.ts'

/** The process that does an import says more often than that that it is there. */
export const SILENT_MS = 30_000

/** As people are told: an import whose process was killed does not go on by itself. */
export type ShownState = ImportState | 'interrupted'

export function stateOf(
  { state, aliveAt }: Pick<Import, 'state' | 'aliveAt'>,
  asOf: Date,
): ShownState {
  const begun = (state === 'running' || state === 'looking') && aliveAt !== null
  return begun && asOf.getTime() - aliveAt.getTime() > SILENT_MS ? 'interrupted' : state
}
