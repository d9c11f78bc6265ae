import { isOut, type Post } from '@showrunner/domain/posts'
import { addresses } from '../../addresses.ts'
import { asLeft } from '../../admin/came-from.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'

const { admin } = addresses

/** The pages on which a post is worked on. */
export function postTabs(
  { back }: Pick<AdminFrame, 'back'>,
  id: number,
  here: 'sheet' | 'publish',
): readonly Tab[] {
  const tab = (name: 'sheet' | 'publish', label: string, href: string): Tab => ({
    label,
    href: asLeft(href, back),
    count: null,
    isHere: name === here,
  })
  return [
    tab('sheet', 'Sheet', admin.editPost(id)),
    tab('publish', 'Publish', admin.publishPost(id)),
  ]
}

export type PostStage = 'draft' | 'scheduled' | 'published'

export function postStage(post: Pick<Post, 'published' | 'publishedAt'>, asOf: Date): PostStage {
  if (!post.published) return 'draft'
  return isOut(post, asOf) ? 'published' : 'scheduled'
}

const BADGES: Readonly<Record<PostStage, readonly [words: string, tone: Tone]>> = {
  draft: ['Draft', 'quiet'],
  scheduled: ['Scheduled', 'waiting'],
  published: ['Published', 'good'],
}

/** Where a post stands, in a word. */
export function postBadge(post: Pick<Post, 'published' | 'publishedAt'>, asOf: Date) {
  const [words, tone] = BADGES[postStage(post, asOf)]
  return { words, tone }
}
