import { type Readable } from 'node:stream'

/** Where files are kept under keys. What is under a key changes as a whole or not at all. */
export interface Storage {
  /** Takes a file over: the one at a path, or what a stream gives until it ends. What was under the key is replaced. */
  readonly put: (key: string, source: string | Readable, about: About) => Promise<Stored>
  /**
   * The bytes, or a range of them; who asked reads the stream to its end or destroys it.
   *
   * @throws StorageError with status 416 when no byte is in the range.
   */
  readonly open: (key: string, range?: ByteRange) => Promise<Opened | undefined>
  readonly head: (key: string) => Promise<Stored | undefined>
  /** A key that holds nothing is fine already. */
  readonly remove: (key: string) => Promise<void>
  /**
   * Copies the bytes into a local file.
   *
   * @throws StorageError with status 404 when the key holds nothing.
   */
  readonly fetch: (key: string, path: string) => Promise<Stored>
}

export interface About {
  /** `audio/mpeg` */
  readonly type: string
  /** What the file is called when somebody keeps it, in any letters: `radio-42.mp3`. */
  readonly name?: string | undefined
}

export interface Stored {
  readonly key: string
  readonly bytes: number
  readonly type: string
  /** Other bytes have another one. Without quotes. */
  readonly etag: string
  readonly modifiedAt: Date
  /** What the file was called when it was put, where that was said. */
  readonly name: string | undefined
}

/** From the first byte to the last, both included and counted from 0. */
export interface ByteRange {
  readonly start: number
  /** The end of the file, where it is not said or lies behind it. */
  readonly end?: number | undefined
}

export interface Opened {
  readonly stream: Readable
  readonly stored: Stored
  /** What the stream gives, where a range was asked for. */
  readonly range: { readonly start: number; readonly end: number } | undefined
}
