import { from, type Repo, subquery } from '@showrunner/data'
import { AddressRefusedError } from '@showrunner/mail'
import { aboutIssue, countMails, type MailerParts, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { readers, stopMailing, Subscription, unsubscribeToken } from '../subscriptions/index.ts'
import { IssueMail } from './issue-mail.ts'
import { issueMail, type MailedIssue } from './mails.ts'
import { type NewsIssue } from './news-issue.ts'
import { getIssuePreview } from './read-issue.ts'

export interface IssueParts extends MailerParts {
  readonly clock: () => Date
  /** Where the site is. */
  readonly publicUrl: string
  /** The address of an issue's page, in full. */
  readonly newsIssueAddress: (slug: string) => string
  /** The address of a news item's page, in full. */
  readonly newsItemAddress: (item: { readonly id: number; readonly slug: string }) => string
  /** The address that ends a subscription, in full. */
  readonly unsubscribeAddress: (token: string) => string
}

/** Mails an issue to somebody, unless they had it, have unsubscribed, or it is gone again. */
export async function sendIssueMail(parts: IssueParts, id: number): Promise<void> {
  const { repo, clock } = parts
  const whole = from(IssueMail).preload('newsIssue', { subscription: ['person'] })
  const found = await repo.get(whole, id)
  if (!found || found.sentAt || !isOut(found.newsIssue, clock())) return
  const { subscription } = found
  if (subscription.unsubscribedAt || subscription.person.email === null) return

  const issue = await mailedIssue(parts, found.newsIssueId)
  const url = parts.unsubscribeAddress(await unsubscribeToken(repo, subscription))
  const props = { ...issue, unsubscribeUrl: url }
  const about = aboutIssue(found.newsIssue)
  try {
    await sendMail(parts, issueMail, subscription.person.email, props, { id: `issue-${id}`, about })
  } catch (error) {
    if (!(error instanceof AddressRefusedError)) throw error
    return stopMailing(repo, subscription, error.said, clock())
  }
  await repo.updateAll(from(IssueMail).where({ id }), { sentAt: clock() })
}

/** Mails an issue as it is saved to who works on it, whether it is out or not. */
export async function sendIssueTest(
  parts: IssueParts,
  issueId: number,
  personId: number,
): Promise<void> {
  const person = await parts.repo.get(Person, personId)
  if (person?.email == null) return
  const props = { ...(await mailedIssue(parts, issueId)), unsubscribeUrl: null }
  await sendMail(parts, issueMail, person.email, props)
}

export interface IssueReach {
  /** Who is mailed of each issue today. */
  readonly readers: number
  /** How many it was mailed to, and how many of its mails are still to be sent. */
  readonly sent: number
  readonly waiting: number
  /** How many of its mails the server refused for good, or never took, as far as that is remembered. */
  readonly refused: number
}

/** How many an issue goes to, and went to. */
export async function countReach(
  repo: Repo,
  { id: newsIssueId }: Pick<NewsIssue, 'id'>,
): Promise<IssueReach> {
  const mails = from(IssueMail).where({ newsIssueId })
  const staying = from(Subscription).where('unsubscribedAt', 'is', null).select('id')
  const [all, sent, waiting, counts] = await Promise.all([
    repo.count(readers()),
    repo.count(mails.where('sentAt', 'is not', null)),
    repo.count(mails.where('sentAt', 'is', null).where('subscriptionId', 'in', subquery(staying))),
    countMails(repo, { type: 'news issue', id: newsIssueId }),
  ])
  const refused = counts.reduce((sum, one) => sum + one.refused + one['given up'], 0)
  return { readers: all, sent, waiting, refused }
}

async function mailedIssue(
  { repo, clock, publicUrl, newsIssueAddress, newsItemAddress }: IssueParts,
  id: number,
): Promise<Omit<MailedIssue, 'unsubscribeUrl'>> {
  const { issue, items } = await getIssuePreview(repo, id, clock())
  return {
    number: issue.number,
    teaser: issue.teaser,
    noteHtml: issue.noteHtml,
    publicUrl,
    url: newsIssueAddress(issue.slug),
    items: items.map(({ item, withPicture }) => ({
      headline: item.headline,
      url: item.url ?? newsItemAddress(item),
      source: item.source?.name ?? null,
      pictureUrl: withPicture ? item.imageUrl : null,
      storyHtml: item.storyHtml,
    })),
  }
}

function isOut({ published, publishedAt }: NewsIssue, asOf: Date): boolean {
  return published && publishedAt !== null && publishedAt <= asOf
}
