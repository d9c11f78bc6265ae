/** Memberful does not know most of those who are members here: rather its answer is wrong than that they all went at once. */
export class ReconcileError extends Error {
  override readonly name = 'ReconcileError'

  constructor(ending: number, active: number) {
    super(
      `Memberful does not know ${ending} of the ${active} who are members here, so nobody was ended. ` +
        'Look whether MEMBERFUL_SITE and MEMBERFUL_API_KEY are of the right site.',
    )
  }
}
