/** Somebody asked for an import to end. What is not written yet stays unwritten. */
export class ImportCancelledError extends Error {
  override readonly name = 'ImportCancelledError'

  constructor() {
    super('the import was cancelled')
  }
}
