import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as posts from '@showrunner/domain/posts'
import { type PostPreviewWithMaker } from '@showrunner/domain/publishing'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { type Field } from '../../admin/field.ts'
import { formOf, idOf, type Problem, problemsOf } from '../../admin/form.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Tab } from './list-page.ts'
import { previewList, type PreviewList } from './preview-list.ts'
import { type PostStage, postStage, postTabs } from './post-tabs.ts'
import { type ZonedMoment, zonedMoment } from './zoned-moment.ts'

const { admin } = addresses

/** Where a post is published: what is missing, when it appears, its address. */
export interface PostPublicationPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly problems: readonly Problem[]
  readonly stage: PostStage
  readonly moment: ZonedMoment | null
  readonly viewHref: string | null
  readonly previewHref: string
  readonly editHref: string
  readonly version: string
  readonly missing: readonly Step[]
  readonly advised: readonly Step[]
  readonly action: string
  /** What publishes it at once; nothing while something is missing, or when it is out. */
  readonly now: string | null
  readonly schedule: {
    readonly field: Field
    readonly save: string
    readonly clock: string
  } | null
  readonly previews: PreviewList
  readonly unpublish: { readonly action: string; readonly label: string } | null
  readonly slug: {
    readonly action: string
    readonly field: Field
    readonly before: string
    readonly words: string
  }
}

interface Step {
  readonly words: string
  readonly href: string
}

interface Shown {
  readonly post: posts.PostToEdit
  readonly asOf: Date
  readonly zone: string
  readonly links: readonly PostPreviewWithMaker[]
  /** The link that was made a moment ago: nobody can show it again. */
  readonly madeToken: string | null
}

/** What was refused, with what was typed. */
export interface RefusedPost {
  readonly publishing?: Changeset<typeof posts.Post>
  readonly slug?: Changeset<typeof posts.Post>
}

export function postPublication(
  frame: AdminFrame,
  actor: Account,
  shown: Shown,
  refused: RefusedPost = {},
): PostPublicationPage {
  const { post, asOf, zone, links, madeToken } = shown
  const { id, publishedAt, lockVersion } = post
  const stage = postStage(post, asOf)
  const missing = posts.missingToPublish(post).map((field) => stepTo(id, field))
  const may = posts.may(actor, 'publish', post) && missing.length === 0
  const schedule = may ? scheduleOf(shown, stage, refused.publishing) : null
  const slug = slugForm(frame, post, refused.slug)

  return {
    frame,
    tabs: postTabs(frame, id, 'publish'),
    problems: [
      ...overtaken(refused),
      ...problemsOf([...(schedule ? [schedule.field] : []), slug.field]),
    ],
    stage,
    moment: publishedAt && post.published ? zonedMoment(publishedAt, zone) : null,
    viewHref: stage === 'published' ? addresses.post(post.slug) : null,
    previewHref: admin.previewPost(id),
    editHref: admin.editPost(id),
    version: String(lockVersion),
    missing,
    advised: advised(post),
    action: admin.publishPost(id),
    now: may && stage !== 'published' ? nowLabel(post) : null,
    schedule,
    previews: previewList(
      frame.site,
      {
        make: posts.may(actor, 'update', post) ? admin.postPreviews(id) : null,
        revoke: (link) => admin.revokePostPreview(id, link),
      },
      { links, zone, madeToken },
    ),
    unpublish: unpublishOf(actor, post, stage),
    slug,
  }
}

function nowLabel({ firstPublishedAt }: posts.PostToEdit): string {
  return firstPublishedAt ? 'Publish again, with the date it had' : 'Publish now'
}

const NAMES = { title: 'a title', slug: 'an address', tldr: 'a summary', body: 'a body' } as const

function stepTo(id: number, field: (typeof posts.NEEDED_TO_PUBLISH)[number]): Step {
  return { words: `It needs ${NAMES[field]}.`, href: `${admin.editPost(id)}#${idOf(field)}` }
}

function advised({ id, coverUrl, topics }: posts.PostToEdit): readonly Step[] {
  const href = (field: string) => `${admin.editPost(id)}#${idOf(field)}`
  return [
    ...(topics.length === 0 ? [{ words: 'It has no topics.', href: href('postTopics') }] : []),
    ...(coverUrl === null
      ? [
          {
            words: 'It has no picture: where it is shared, the network’s is shown.',
            href: href('coverUrl'),
          },
        ]
      : []),
  ]
}

function scheduleOf(
  { post, asOf, zone }: Shown,
  stage: PostStage,
  refused?: Changeset<typeof posts.Post>,
): NonNullable<PostPublicationPage['schedule']> {
  const { publishedAt } = post
  const form = formOf(refused ?? posts.editPost(post))
  const isOut = stage === 'published'
  return {
    field: form.moment('publishedAt', {
      label: isOut ? 'Published on' : 'Appears on',
      zone,
      value: publishedAt ? localIn(publishedAt, zone).wallClock : '',
      help: isOut
        ? 'A date that is past: to hide it until later, unpublish it first.'
        : 'It appears by itself at that minute.',
    }),
    save: { draft: 'Schedule', scheduled: 'Move', published: 'Change the date' }[stage],
    clock: `It is ${zonedMoment(asOf, zone).words} now.`,
  }
}

function unpublishOf(
  actor: Account,
  post: posts.PostToEdit,
  stage: PostStage,
): PostPublicationPage['unpublish'] {
  if (stage === 'draft' || !posts.may(actor, 'unpublish', post)) return null
  const label = stage === 'scheduled' ? 'Do not publish it' : 'Unpublish it'
  return { action: admin.unpublishPost(post.id), label }
}

function slugForm(
  { site }: AdminFrame,
  post: posts.PostToEdit,
  refused?: Changeset<typeof posts.Post>,
): PostPublicationPage['slug'] {
  const form = formOf(refused ?? posts.editPost(post))
  return {
    action: admin.postSlug(post.id),
    field: form.text('slug', { label: 'Slug', width: 'short' }),
    before: site.publicUrl + addresses.post(''),
    words: posts.isSlugFrozen(post)
      ? 'Once it was out, its old addresses lead to the new one for good.'
      : 'Nobody knows it yet, so nothing leads from the old one.',
  }
}

function overtaken({ publishing, slug }: RefusedPost): readonly Problem[] {
  const isOvertaken = [publishing, slug].some((refused) => refused?.errors['lockVersion'])
  return isOvertaken
    ? [
        {
          message: 'Somebody else has changed this post in the meantime: look at it again.',
          href: '#when',
        },
      ]
    : []
}
