/**
 * Why a picture was refused: `empty`; `not-a-picture`, something else altogether; `unsupported`, a picture of a type that is
 * not taken here; `damaged`, cut short or not what it says of itself; `animated`; `too-many-bytes`; `too-large` and
 * `too-small`, in pixels; `not-square`.
 */
export type ArtworkErrorCode =
  | 'empty'
  | 'not-a-picture'
  | 'unsupported'
  | 'damaged'
  | 'animated'
  | 'too-many-bytes'
  | 'too-large'
  | 'too-small'
  | 'not-square'

/** A picture that is not taken. The message says what is wrong and what to do, to the person who chose the file. */
export class ArtworkError extends Error {
  override readonly name = 'ArtworkError'
  readonly code: ArtworkErrorCode

  constructor(code: ArtworkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
