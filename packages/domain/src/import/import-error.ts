/** An import that cannot be done as asked. The message says why, and what to do instead. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
