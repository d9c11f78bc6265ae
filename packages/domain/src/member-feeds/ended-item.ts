import { type Repo } from '@showrunner/data'
import { type ItemDraft } from '@showrunner/feeds'
import { inFull } from '../feed/index.ts'
import { listMemberships } from '../memberships/index.ts'
import { type Settings } from '../settings/index.ts'
import { type MembersOutside } from './get-member-feed.ts'
import { type MemberFeedWithOwner } from './member-feed.ts'
import { SILENCE, SILENCE_SECONDS } from './silence.ts'

/** All that a feed still says when its owner is no member any more. Coming back and leaving again, they are told anew. */
export async function endedItem(
  repo: Repo,
  { id, personId, insertedAt }: MemberFeedWithOwner,
  { title: network }: Settings,
  { publicUrl, comeBack, silence }: MembersOutside,
): Promise<ItemDraft> {
  const ends = (await listMemberships(repo, personId)).flatMap(({ endedAt }) => endedAt ?? [])
  const endedAt = ends.toSorted((a, b) => Number(b) - Number(a))[0] ?? insertedAt
  const link = inFull(publicUrl, comeBack)
  const words = `This private feed of ${network} is for members, and your membership has ended. Thank you for the time you were one. Become a member again and everything is back by itself, at the same address: ${link}`
  return {
    guid: `member-feed-${id}-ended-${endedAt.toISOString()}`,
    guidIsPermaLink: false,
    title: `Your membership of ${network} has ended`,
    description: words,
    contentHtml: `<p>${escaped(words.replace(`: ${link}`, '.'))}</p>\n<p><a href="${escaped(link)}">How to come back</a></p>`,
    link,
    publishedAt: endedAt,
    enclosure: { url: inFull(publicUrl, silence), type: 'audio/mpeg', length: SILENCE.length },
    durationSeconds: SILENCE_SECONDS,
    episodeType: 'full',
    explicit: false,
    blocked: true,
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
