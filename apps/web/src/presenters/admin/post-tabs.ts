import { isOut, type Post } from '@showrunner/domain/posts'
import { addresses } from '../../addresses.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'
import { type WorkTab, workTabs } from './work-tabs.ts'

const { admin } = addresses

/** The pages on which a post is worked on. */
export function postTabs(
  frame: Pick<AdminFrame, 'back'>,
  id: number,
  here: WorkTab,
): readonly Tab[] {
  return workTabs(frame, here, { sheet: admin.editPost(id), publish: admin.publishPost(id) })
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
