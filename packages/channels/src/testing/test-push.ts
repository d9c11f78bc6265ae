import { AssertionError } from 'node:assert'
import { type z } from 'zod'
import { type Payload } from '../serializers/message.ts'
import { asDeclared } from './as-declared.ts'
import { fits, inWords, type Partly } from './fits.ts'
import { type Reply } from './server-frame.ts'

/** Something that was pushed, and may be answered. */
export class TestPush<Response> {
  readonly #reply: () => Promise<Reply>
  readonly #what: string
  readonly #schema: z.ZodType | undefined

  constructor(what: string, schema: z.ZodType | undefined, reply: () => Promise<Reply>) {
    this.#what = what
    this.#schema = schema
    this.#reply = reply
  }

  /** It is answered so; an `ok` is what the event declares as its reply. Gives back all of the answer. */
  async assertReply(status: 'ok', response?: Partly<Response>): Promise<Response>
  async assertReply(status: string, response?: Payload): Promise<Payload>
  async assertReply(status: string, response?: unknown): Promise<unknown> {
    const reply = await this.#reply()
    if (reply.status !== status || !fits(reply.response, response)) {
      throw new AssertionError({
        message: `expected the reply ${this.#what} to be ${status} ${inWords(response ?? {})}, and it was ${reply.status} ${inWords(reply.response)}`,
        actual: reply,
        expected: { status, response },
      })
    }
    return status === 'ok' && this.#schema
      ? asDeclared(this.#schema, reply.response, `the reply ${this.#what}`)
      : reply.response
  }
}
