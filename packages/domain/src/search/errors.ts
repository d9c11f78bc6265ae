/** What is looked for stands in so much that the database took too long over it. */
export class SearchBusyError extends Error {
  override readonly name = 'SearchBusyError'

  constructor(options: ErrorOptions) {
    super(
      'The search took longer than it may. Fewer words, or rarer ones, are found sooner.',
      options,
    )
  }
}
