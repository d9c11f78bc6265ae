import {
  belongsTo,
  from,
  hasMany,
  type Loaded,
  type Repo,
  type Row,
  schema,
  t,
  timestamps,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { NewsItem } from '../news/index.ts'
import { Person } from '../people/index.ts'
import { Post } from '../posts/index.ts'
import { CommentMail } from './comment-mail.ts'
import { columnOf, type DiscussionSubject, ofSubject } from './subject.ts'

/** How it came that somebody is mailed of a discussion. */
export const FOLLOW_REASONS = ['wrote', 'asked', 'made', 'answered', 'named'] as const
export type FollowReason = (typeof FOLLOW_REASONS)[number]

/** Who is mailed of a discussion: of every comment, or of what is said to them. */
export const DiscussionFollow = schema(
  'comment_follows',
  {
    id: t.id(),
    newsItemId: t.reference().nullable(),
    episodeId: t.reference().nullable(),
    postId: t.reference().nullable(),
    personId: t.reference(),
    ofAll: t.boolean(),
    context: t.enum(FOLLOW_REASONS),
    unsubscribedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({
    newsItem: belongsTo(NewsItem),
    episode: belongsTo(Episode),
    post: belongsTo(Post),
    person: belongsTo(Person),
    mails: hasMany(CommentMail, { foreignKey: 'followId' }),
  }),
)
export type DiscussionFollow = Row<typeof DiscussionFollow>
export type FollowOfPerson = Loaded<typeof DiscussionFollow, ['person']>

interface Wish {
  readonly personId: number
  readonly ofAll: boolean
  readonly context: FollowReason
}

/** Lets somebody be mailed unless it was decided before, by them or by what they did: what they ended stays so. */
export async function followUnlessDecided(
  repo: Repo,
  subject: DiscussionSubject,
  { personId, ofAll, context }: Wish,
): Promise<void> {
  await repo.insertAll(
    DiscussionFollow,
    [
      {
        newsItemId: null,
        episodeId: null,
        postId: null,
        ...ofSubject(subject),
        personId,
        ofAll,
        context,
      },
    ],
    { onConflict: 'nothing', returning: false },
  )
  // Who was only answered before, and now takes part, hears all of it.
  if (!ofAll) return
  const theirs = from(DiscussionFollow)
    .where(columnOf(subject), '=', subject.id)
    .where({ personId, ofAll: false })
  await repo.updateAll(theirs.where('unsubscribedAt', 'is', null), { ofAll: true, context })
}

/** Somebody wants to be mailed of every comment. */
export async function follow(
  repo: Repo,
  subject: DiscussionSubject,
  personId: number,
): Promise<void> {
  await followUnlessDecided(repo, subject, { personId, ofAll: true, context: 'asked' })
  const theirs = from(DiscussionFollow)
    .where(columnOf(subject), '=', subject.id)
    .where({ personId })
  await repo.updateAll(theirs, { ofAll: true, unsubscribedAt: null })
}

/** Somebody wants no mail of it, also not of what is said to them. */
export async function unfollow(
  repo: Repo,
  subject: DiscussionSubject,
  personId: number,
  asOf: Date,
): Promise<void> {
  await followUnlessDecided(repo, subject, { personId, ofAll: false, context: 'asked' })
  const theirs = from(DiscussionFollow)
    .where(columnOf(subject), '=', subject.id)
    .where({ personId })
  await repo.updateAll(theirs.where('unsubscribedAt', 'is', null), { unsubscribedAt: asOf })
}

export async function findFollow(
  repo: Repo,
  subject: DiscussionSubject,
  personId: number,
): Promise<DiscussionFollow | undefined> {
  return repo.one(
    from(DiscussionFollow).where(columnOf(subject), '=', subject.id).where({ personId }),
  )
}

/** Who hears of every comment, as long as they want to, and did before that moment: who came later has read what was there. */
export async function listFollowers(
  repo: Repo,
  subject: DiscussionSubject,
  before: Date,
): Promise<readonly DiscussionFollow[]> {
  return repo.all(
    from(DiscussionFollow)
      .where(columnOf(subject), '=', subject.id)
      .where({ ofAll: true })
      .where('unsubscribedAt', 'is', null)
      .where('insertedAt', '<=', before),
  )
}
