import { cast, change, check, type Params, required, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { clockShows, saysWhen, staysOut, withMoment } from '../zones/index.ts'
import { newsItemOutLater } from './jobs.ts'
import { type NewsItem } from './news-item.ts'
import { lastInQueue } from './queue.ts'
import { isOut } from './scopes.ts'

interface When {
  readonly asOf: Date
  /** By whose clock times are typed. */
  readonly zone?: string
}

/** Puts an item out: now, or at the moment that is typed as `publishedAt`. What waits for its moment appears by itself. */
export async function publishNewsItem(
  repo: Repo,
  item: NewsItem,
  params: Params,
  { asOf, zone = 'UTC' }: When,
): Promise<Saved<typeof NewsItem>> {
  const asked = cast(item, withMoment(params, 'publishedAt', zone), ['publishedAt'])
  const usual = saysWhen(params) ? {} : { publishedAt: asOf }
  return repo.transaction(async () => {
    const saved = await repo.update(
      check(
        change(asked, { status: 'published', queuePosition: null, ...usual }),
        required('publishedAt'),
        staysOut('publishedAt', { isOut: isOut(item, asOf), asOf, how: 'take it back' }),
        clockShows('publishedAt', params, zone),
        asOpened,
      ),
      AS_OPENED,
    )
    if (saved.ok) await newsItemOutLater(repo, saved.value)
    return saved
  })
}

/** Puts an item at the end of the queue. */
export async function queueNewsItem(repo: Repo, item: NewsItem): Promise<Saved<typeof NewsItem>> {
  const queued = change(item, {
    status: 'queued',
    publishedAt: null,
    queuePosition: await lastInQueue(repo),
  })
  return repo.update(check(queued, asOpened), AS_OPENED)
}

/** Makes an item a draft again: one that is out, scheduled, queued or declined. */
export async function unpublishNewsItem(
  repo: Repo,
  item: NewsItem,
): Promise<Saved<typeof NewsItem>> {
  const draft = change(item, { status: 'draft', publishedAt: null, queuePosition: null })
  return repo.update(check(draft, asOpened), AS_OPENED)
}
