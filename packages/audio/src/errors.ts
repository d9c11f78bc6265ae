const AUDIO_ERRORS = [
  'empty',
  'not-audio',
  'unsupported',
  'damaged',
  'no-sound',
  'too-large',
  'timed-out',
  'bad-tags',
] as const

/**
 * Why a file was refused: `empty`; `not-audio`, something else altogether; `unsupported`, sound that is not taken here;
 * `damaged`, cut short or not what it says of itself; `no-sound`; `too-large`, tags that would fill the memory;
 * `timed-out`; `bad-tags`, what was to be written cannot be.
 */
export type AudioErrorCode = (typeof AUDIO_ERRORS)[number]

/** A file that cannot be read or tagged. The message says what is wrong and what to do, to the person who chose the file. */
export class AudioError extends Error {
  override readonly name = 'AudioError'
  readonly code: AudioErrorCode

  constructor(code: AudioErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
