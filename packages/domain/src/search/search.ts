import { from, type Repo } from '@showrunner/data'
import { Podcast, visible } from '../podcasts/index.ts'
import { type Answer } from './answer.ts'
import { asBeginning, type Asked, cleaned, readAsked } from './asked.ts'
import { bounded } from './bounded.ts'
import { correct, suggestSpelling } from './corrections.ts'
import { find, type Found, HITS_PER_PAGE, type Narrowing } from './find.ts'
import { hitsOf } from './hits.ts'
import { queriesFor, type Queries } from './queries.ts'

export interface Search {
  /** Words, `"phrases"`, `-unwanted`, `one or another`. */
  readonly text: string
  /** Only what is of this show, by its slug. */
  readonly podcast?: string | undefined
  /** Only what came out in this year. */
  readonly year?: number | undefined
  readonly page?: number | undefined
  readonly now: Date
}

/** No page is further than this. Who reads that far asks for something else. */
const MOST_PAGES = 50
/** So few of all there is that another spelling may be meant. */
const FEW = 3

/**
 * What anybody may see of what they look for, the best first. A word that nothing has is taken as one that begins so, and
 * then as one that is written like it.
 *
 * @throws SearchBusyError when it would take too long; never for what was typed.
 */
export async function search(
  repo: Repo,
  { text, podcast, year, page = 1, now }: Search,
): Promise<Answer> {
  const asked = readAsked(text)
  const at = Math.min(Math.max(1, Math.trunc(page)), MOST_PAGES)
  if (asked.groups.length === 0) return nothing(cleaned(text), at)
  return bounded(repo, async (every) => {
    const show = podcast === undefined ? null : await showOf(every, podcast)
    if (show === undefined) return nothing(asked.text, at)
    const narrowing = { podcastId: show, year: year ?? null, page: at, now }
    const looked = await lookHard(every, asked, narrowing)
    return answerOf(every, asked, looked, narrowing)
  })
}

interface Looked {
  readonly found: Found
  readonly queries: Queries
  readonly corrected: string | null
}

async function lookHard(repo: Repo, asked: Asked, narrowing: Narrowing): Promise<Looked> {
  const exact = await look(repo, asked, narrowing)
  if (exact.found.all > 0) return exact
  const beginning = asBeginning(asked)
  if (beginning) {
    const begun = await look(repo, beginning, narrowing)
    if (begun.found.all > 0) return begun
  }
  const corrected = await correct(repo, asked.text, narrowing.now)
  if (corrected === undefined) return exact
  // Only what leads to something anybody may see is said to be meant.
  const right = await look(repo, readAsked(corrected), narrowing)
  return right.found.all > 0 ? { ...right, corrected } : exact
}

async function look(repo: Repo, asked: Asked, narrowing: Narrowing): Promise<Looked> {
  const queries = await queriesFor(repo, asked)
  return { queries, found: await find(repo, asked, queries, narrowing), corrected: null }
}

async function answerOf(
  repo: Repo,
  { text }: Asked,
  { found, queries, corrected }: Looked,
  { page, now }: Narrowing,
): Promise<Answer> {
  const isFew = corrected === null && found.all > 0 && found.all < FEW
  const spelling = isFew ? await suggestSpelling(repo, text, now) : undefined
  const shows = await showsNamed(
    repo,
    found.podcasts.map(({ id }) => id),
  )
  return {
    text,
    corrected,
    suggested: spelling ?? null,
    total: found.total,
    page,
    pages: Math.min(MOST_PAGES, Math.ceil(found.total / HITS_PER_PAGE)),
    hits: await hitsOf(repo, queries, found.page),
    podcasts: found.podcasts.flatMap(({ id, count }) => {
      const show = shows.get(id)
      return show ? [{ slug: show.slug, title: show.title, count }] : []
    }),
    years: found.years,
  }
}

async function showOf(repo: Repo, slug: string): Promise<number | undefined> {
  return (await repo.getBy(from(Podcast).pipe(visible), { slug: cleaned(slug) }))?.id
}

async function showsNamed(
  repo: Repo,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Podcast>> {
  if (ids.length === 0) return new Map()
  const shows = await repo.all(from(Podcast).where('id', 'in', ids))
  return new Map(shows.map((show) => [show.id, show]))
}

function nothing(text: string, page: number): Answer {
  return {
    text,
    corrected: null,
    suggested: null,
    total: 0,
    page,
    pages: 0,
    hits: [],
    podcasts: [],
    years: [],
  }
}
