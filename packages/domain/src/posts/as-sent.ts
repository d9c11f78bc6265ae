import { type Params, type Repo } from '@showrunner/data'
import { type SentParams } from '../conflicts/index.ts'
import { knownPeople } from '../people/index.ts'
import { type Known, withPicked, withRowsThere } from '../rows/index.ts'
import { knownTopics } from '../topics/index.ts'

const PEOPLE = { author: 'authorId', editor: 'editorId' } as const

/** What a form sent of a post, with the ids of whom and what was picked by name, and with the topics it does not name. */
export async function asSent(
  repo: Repo,
  params: Params,
  there: readonly { readonly id: number }[] = [],
): Promise<Params> {
  const topics = { field: 'topicId', sentAs: 'topic', known: knownTopics(repo) }
  const said = await withPeople(params, knownPeople(repo))
  return withRowsThere(
    await withPicked(said, 'postTopics', topics),
    'postTopics',
    there.map(({ id }) => ({ id })),
  )
}

/** Who was picked is sent by name. Where a form that others overtook leaves somebody as they were, it names nobody. */
export function withoutUntouched(merged: SentParams): SentParams {
  const left = Object.entries(PEOPLE).filter(([, field]) => !Object.hasOwn(merged, field))
  const names = new Set(left.map(([name]) => name))
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !names.has(name)))
}

async function withPeople(params: Params, known: Known): Promise<Params> {
  if (typeof params !== 'object' || params === null) return params
  const texts = new Map(
    Object.keys(PEOPLE).flatMap((name) => {
      const text: unknown = Reflect.get(params, name)
      return typeof text === 'string' ? [[name, text.trim()] as const] : []
    }),
  )
  const ids = await known([...texts.values()].filter((text) => text !== ''))
  const picked = Object.entries(PEOPLE)
    .filter(([name]) => texts.has(name))
    .map(([name, field]) => [field, ids.get(texts.get(name) ?? '') ?? null])
  return { ...params, ...Object.fromEntries(picked) }
}
