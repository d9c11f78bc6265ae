import { change, from, type Repo } from '@showrunner/data'
import { accountOf } from '../accounts/index.ts'
import { ApiToken, createToken } from '../api-tokens/index.ts'
import { getPersonById, type Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { idOf, type Named } from './names.ts'

export interface DemoToken {
  /** Hosts the podcasts. */
  readonly owner: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly podcasts: readonly string[]
  /** In days, as a form offers them. */
  readonly lasts: number
  readonly madeDaysAgo: number
  readonly usedHoursAgo: number
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** A token of somebody who hosts a podcast. Nobody has it: what it opens with is told to nobody, and kept nowhere. */
export async function seedToken(
  repo: Repo,
  { owner, name, scopes, podcasts: slugs, lasts, madeDaysAgo, usedHoursAgo }: DemoToken,
  { people }: Named,
  asOf: Date,
): Promise<void> {
  const madeAt = new Date(asOf.getTime() - madeDaysAgo * DAY_MS)
  const person = await getPersonById(repo, idOf(people, owner))
  const host = await repo.updateOrThrow(change<typeof Person>(person, { host: true }))
  const podcasts = (await repo.all(from(Podcast).where('slug', 'in', slugs))).map(({ id }) => id)
  const said = { name, scopes, podcasts, allPodcasts: 'false', lasts: String(lasts) }
  const made = await createToken(repo, await accountOf(repo, host), said, madeAt)
  if (!made.ok) throw new Error(`the token "${name}" of the demo is refused`)
  await repo.updateAll(from(ApiToken).where({ id: made.value.id }), {
    insertedAt: madeAt,
    lastUsedAt: new Date(asOf.getTime() - usedHoursAgo * HOUR_MS),
  })
}
