import {
  build,
  cast,
  change,
  type Changeset,
  check,
  length,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { mailNewsAnswer } from './jobs.ts'
import { NewsItem, submissionChangeset } from './news-item.ts'
import { lastInQueue } from './queue.ts'

const DAY_MS = 24 * 60 * 60_000
const PER_PERSON: Limit = { name: 'news sent in', most: 10, perMs: DAY_MS }

/** What the form begins with. */
export function newSubmission(params: Params = {}): Changeset<typeof NewsItem> {
  return cast(build(NewsItem), params, ['url', 'headline', 'remark'])
}

/**
 * What somebody thinks is news, for those who decide that.
 *
 * @throws LimitError for too many.
 */
export async function submitNewsItem(
  repo: Repo,
  { id: submitterId }: Pick<Person, 'id'>,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof NewsItem>> {
  const changeset = submissionChangeset(
    build(NewsItem, { submitterId, status: 'submitted' }),
    params,
  )
  // What is refused anyway costs nothing.
  if (changeset.valid) await spend(repo, PER_PERSON, String(submitterId), asOf)
  return repo.insert(changeset)
}

/** Whether what was sent in will be news, with a word to whoever sent it, who is mailed if there is one. */
export async function answerSubmission(
  repo: Repo,
  item: NewsItem,
  { decision, params }: { readonly decision: 'accept' | 'decline'; readonly params: Params },
): Promise<Saved<typeof NewsItem>> {
  return repo.transaction(async () => {
    const isAccepted = decision === 'accept'
    const decided = change(cast(item, params, ['answer']), {
      status: isAccepted ? 'queued' : 'declined',
      publishedAt: null,
      queuePosition: isAccepted ? await lastInQueue(repo) : null,
    })
    const saved = await repo.update(
      check(decided, length('answer', { max: 5000 }), asOpened),
      AS_OPENED,
    )
    if (saved.ok && saved.value.answer && saved.value.submitterId !== null)
      await enqueue(repo, mailNewsAnswer, { id: item.id })
    return saved
  })
}
