import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { aboutNews, type MailerParts, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { newsAnsweredMail, newsPublishedMail } from './mails.ts'
import { NewsItem } from './news-item.ts'
import { isOut } from './scopes.ts'

export interface NewsParts extends MailerParts {
  readonly clock: () => Date
  /** The address of a news item's page, in full. */
  readonly newsItemAddress: (item: { readonly id: number; readonly slug: string }) => string
}

const Item = z.object({ id: z.number().int() })
type Item = z.output<typeof Item>

/** Runs when an item is out. The site shows it without: this is for those who are told. */
export const newsItemOut: Job<NewsParts, Item> = defineJob({
  name: 'news_item_out',
  args: Item,
  perform: async ({ repo, clock }: NewsParts, { id }) => {
    await repo.transaction(async () => {
      const item = await repo.get(from(NewsItem).lock('for update'), id)
      if (item?.status !== 'published' || item.announcedAt) return
      // The clock of the database, which starts jobs, is ahead of ours.
      if (!isOut(item, clock())) return newsItemOutLater(repo, item)
      await repo.updateAll(from(NewsItem).where({ id }), { announcedAt: clock() })
      for (const [personId, as] of toldOf(item)) {
        await enqueue(repo, mailNewsPublished, { id, personId, as })
      }
    })
  },
})

/** Lets what follows when an item is out follow at its moment. */
export async function newsItemOutLater(
  repo: Repo,
  { id, publishedAt }: Pick<NewsItem, 'id' | 'publishedAt'>,
): Promise<void> {
  if (publishedAt)
    await enqueue(repo, newsItemOut, { id }, { at: publishedAt, key: `news_item_out:${id}` })
}

/** Whoever wrote it down here knows. */
function toldOf({ submitterId, authorId, loggerId }: NewsItem) {
  const told = new Map<number, 'submitter' | 'author'>()
  if (authorId !== null) told.set(authorId, 'author')
  if (submitterId !== null) told.set(submitterId, 'submitter')
  if (loggerId !== null) told.delete(loggerId)
  return told
}

export const mailNewsPublished = defineJob({
  name: 'mail_news_published',
  args: Item.extend({ personId: z.number().int(), as: z.enum(['submitter', 'author']) }),
  perform: async (parts: NewsParts, { id, personId, as }) => {
    const { repo, clock, newsItemAddress } = parts
    const [item, person] = [await repo.get(NewsItem, id), await repo.get(Person, personId)]
    if (!item || !isOut(item, clock()) || person?.email == null) return
    const props = { headline: item.headline, url: newsItemAddress(item), as }
    const about = aboutNews(item)
    const envelope = { id: `news-${id}-${personId}`, about, personId }
    await sendMail(parts, newsPublishedMail, person.email, props, envelope)
  },
})

export const mailNewsAnswer = defineJob({
  name: 'mail_news_answer',
  args: Item,
  perform: async (parts: NewsParts, { id }) => {
    const item = await parts.repo.get(from(NewsItem).preload('submitter'), id)
    if (!item?.answer || item.submitter?.email == null) return
    const { headline, answer, status } = item
    const props = { headline, answer, isAccepted: status !== 'declined' }
    const about = aboutNews(item)
    await sendMail(parts, newsAnsweredMail, item.submitter.email, props, { about })
  },
})

export const NEWS_JOBS = [newsItemOut, mailNewsPublished, mailNewsAnswer] as const
