import {
  addError,
  from,
  getChange,
  getField,
  type Params,
  prepareChanges,
  type Repo,
  type Validator,
} from '@showrunner/data'
import { freeSlug, RESERVED_EPISODE_SLUGS, slugOf } from '../slugs/index.ts'
import { Episode } from './episode.ts'
import { EpisodeSlug } from './episode-slug.ts'
import { isSlugFrozen } from './first-published.ts'

/** What an episode may be called. */
export interface SuggestedSlugs {
  /** Made from the title, and free. Null for a title that cannot be written as an address. */
  readonly fromTitle: string | null
  /** One more than the highest there is. Null where no episode is called by a number. */
  readonly nextNumber: string | null
}

const NUMBER = /^[1-9]\d{0,8}$/

/** What an episode of this podcast could be called that nobody else is, or was when it was out. */
export async function suggestSlugs(
  repo: Repo,
  { podcastId, id }: Pick<Episode, 'podcastId'> & { readonly id?: number },
  title: string,
): Promise<SuggestedSlugs> {
  const others = from(Episode).where({ podcastId }).select('id', 'slug')
  const [episodes, old] = await Promise.all([
    repo.all(others),
    repo.all(from(EpisodeSlug).where({ podcastId })),
  ])
  const named = episodes.filter((one) => one.id !== id).map(({ slug }) => slug)
  const led = old.filter(({ episodeId }) => episodeId !== id).map(({ slug }) => slug)
  const taken = new Set([...RESERVED_EPISODE_SLUGS, ...named, ...led])
  const numbers = named.filter((slug) => NUMBER.test(slug)).map(Number)
  const plain = slugOf(title)
  return {
    fromTitle: plain === '' ? null : freeSlug(plain, (slug) => taken.has(slug)),
    nextNumber: numbers.length === 0 ? null : nextAfter(numbers, taken),
  }
}

/**
 * Keeps old addresses: a slug that leads to another episode since that one was called so is taken. The last rule of a
 * changeset that changes a slug.
 */
export function keepsOldAddresses(repo: Repo): Validator<typeof Episode> {
  return prepareChanges<typeof Episode>(async (changeset) => {
    const slug = getChange(changeset, 'slug')
    const podcastId = getField(changeset, 'podcastId')
    if (slug === undefined || podcastId == null) return changeset
    const old = await repo.getBy(from(EpisodeSlug).preload('episode'), { podcastId, slug })
    if (!old || old.episodeId === changeset.row.id) return changeset
    return addError(changeset, 'slug', 'was the address of "%{title}", and still leads there', {
      title: old.episode.title,
    })
  })
}

/**
 * What was said of an episode, with a slug where none was: made from its title, and again from a new title, until the
 * address is known or somebody has chosen another.
 */
export async function withSlug(repo: Repo, episode: Episode, params: Params): Promise<Params> {
  if (!isRecord(params) || isSlugFrozen(episode)) return params
  const title = textIn(params, 'title') ?? episode.title
  const slug = textIn(params, 'slug') ?? episode.slug
  if (!title?.trim() || !wantsSlug(episode, { title, slug })) return params

  const { fromTitle, nextNumber } = await suggestSlugs(repo, episode, title)
  return { ...params, slug: fromTitle ?? nextNumber }
}

function wantsSlug(before: Episode, said: { title: string; slug: string | null }): boolean {
  if (!said.slug?.trim()) return true
  const isAsBefore = said.slug === before.slug && said.title !== before.title
  return isAsBefore && isMadeFrom(before.slug, before.title)
}

function isMadeFrom(slug: string, title: string): boolean {
  const plain = slugOf(title)
  return plain !== '' && slug.startsWith(plain) && /^(?:-\d+)?$/.test(slug.slice(plain.length))
}

function isRecord(params: Params): params is Readonly<Record<string, unknown>> {
  return typeof params === 'object' && params !== null
}

function textIn(params: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' ? value : undefined
}

function nextAfter(numbers: readonly number[], taken: ReadonlySet<string>): string {
  let next = Math.max(...numbers) + 1
  while (taken.has(String(next))) next += 1
  return String(next)
}
