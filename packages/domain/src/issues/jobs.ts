import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { readers } from '../subscriptions/index.ts'
import { IssueMail } from './issue-mail.ts'
import { NewsIssue } from './news-issue.ts'
import { type IssueParts, sendIssueMail, sendIssueTest } from './send-issue.ts'

const BATCH = 500

/** An issue that is dated before this was out elsewhere before, and is no news. */
const NEWS_MS = 7 * 24 * 60 * 60_000

const TESTS: Limit = { name: 'issue tests sent', most: 30, perMs: 60 * 60_000 }

const Id = z.number().int()
const Issue = z.object({ id: Id })
type Issue = z.output<typeof Issue>

/** Runs when an issue is out. The site shows it without: this is for those who are mailed it, once. */
export const newsIssueOut: Job<IssueParts, Issue> = defineJob({
  name: 'news_issue_out',
  args: Issue,
  perform: async ({ repo, clock }: IssueParts, { id }) => {
    await repo.transaction(async () => {
      const issue = await repo.get(from(NewsIssue).lock('for update'), id)
      if (!issue?.published || !issue.publishedAt || issue.announcedAt) return
      const age = clock().getTime() - issue.publishedAt.getTime()
      // The clock of the database, which starts jobs, is ahead of ours.
      if (age < 0) return newsIssueOutLater(repo, issue)
      await repo.updateAll(from(NewsIssue).where({ id }), { announcedAt: clock() })
      if (age <= NEWS_MS) await enqueue(repo, mailReaders, { issueId: id, after: 0 })
    })
  },
})

/** Lets it be mailed at the moment it is out. */
export async function newsIssueOutLater(
  repo: Repo,
  { id, publishedAt, announcedAt }: Pick<NewsIssue, 'id' | 'publishedAt' | 'announcedAt'>,
): Promise<void> {
  if (publishedAt && !announcedAt)
    await enqueue(repo, newsIssueOut, { id }, { at: publishedAt, key: `news_issue_out:${id}` })
}

const Batch = z.object({ issueId: Id, after: Id })
type Batch = z.output<typeof Batch>

/** A mail for each that has none of this issue yet, a batch of them: so nobody gets two, however often this is done. */
export const mailReaders: Job<IssueParts, Batch> = defineJob({
  name: 'mail_readers',
  args: Batch,
  perform: async ({ repo }: IssueParts, { issueId, after }) => {
    await repo.transaction(async () => {
      if (!(await repo.exists(from(NewsIssue).where({ id: issueId })))) return
      const next = readers().where('id', '>', after).orderBy({ id: 'asc' }).limit(BATCH)
      const batch = await repo.all(next)
      const mails = await repo.insertAll(
        IssueMail,
        batch.map(({ id: subscriptionId }) => ({ newsIssueId: issueId, subscriptionId })),
        { onConflict: 'nothing', returning: ['id'] },
      )
      for (const { id: mailId } of mails) await enqueue(repo, mailReader, { mailId })
      const last = batch.at(-1)
      if (last && batch.length === BATCH)
        await enqueue(repo, mailReaders, { issueId, after: last.id })
    })
  },
})

export const mailReader = defineJob({
  name: 'mail_reader',
  args: z.object({ mailId: Id }),
  perform: (parts: IssueParts, { mailId }) => sendIssueMail(parts, mailId),
})

export const mailIssueTest = defineJob({
  name: 'mail_issue_test',
  args: z.object({ issueId: Id, personId: Id }),
  maxAttempts: 3,
  perform: (parts: IssueParts, { issueId, personId }) => sendIssueTest(parts, issueId, personId),
})

/** Mails an issue as it is saved to who works on it. @throws LimitError for too many. */
export async function requestIssueTest(
  repo: Repo,
  { id: issueId }: Pick<NewsIssue, 'id'>,
  { id: personId }: Pick<Person, 'id'>,
  asOf: Date,
): Promise<void> {
  await spend(repo, TESTS, String(personId), asOf)
  await enqueue(repo, mailIssueTest, { issueId, personId })
}

export const ISSUE_JOBS = [newsIssueOut, mailReaders, mailReader, mailIssueTest] as const
