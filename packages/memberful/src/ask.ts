import { z } from 'zod'
import { MemberfulError } from './errors.ts'
import { type MemberfulSite } from './memberful-site.ts'

const PATIENCE_MS = 10_000

const Answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
})

/** How Memberful says that there is nobody of an id, where it does not simply answer null. */
const NOBODY = /not found|couldn't find|could not find|does not exist/i

export interface Question {
  readonly operation: string
  readonly query: string
  readonly variables: Readonly<Record<string, string | null>>
}

/** @throws MemberfulError when it does not answer, refuses, or answers something else. */
export async function ask<T>(
  site: MemberfulSite,
  question: Question,
  type: z.ZodType<T>,
): Promise<T> {
  const answer = Answer.safeParse(await post(site, question))
  if (!answer.success) throw unexpected(question)
  const { data, errors } = answer.data
  // What went wrong is in the answer: its status is 200 all the same.
  const refused = errors?.find(({ message }) => !NOBODY.test(message))
  if (refused)
    throw new MemberfulError(`Memberful refused ${question.operation}: ${refused.message}`)
  const read = type.safeParse(data ?? {})
  if (!read.success) throw unexpected(question)
  return read.data
}

function unexpected({ operation }: Question): MemberfulError {
  return new MemberfulError(
    `Memberful answered ${operation} with something else than it documents.`,
  )
}

async function post(
  { site, apiKey, patienceMs = PATIENCE_MS, fetch: send = fetch }: MemberfulSite,
  { operation, query, variables }: Question,
): Promise<unknown> {
  try {
    const response = await send(new URL('/api/graphql', site), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ operationName: operation, query, variables }),
      // A key is for this address and no other.
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!response.ok) {
      throw new MemberfulError(`Memberful answered ${response.status} to ${operation}.`)
    }
    return await response.json()
  } catch (error) {
    if (error instanceof MemberfulError) throw error
    throw new MemberfulError(`Memberful did not answer ${operation}.`, { cause: error })
  }
}
