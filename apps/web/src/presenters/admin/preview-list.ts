import { type PostPreviewWithMaker, type PreviewLinkWithMaker } from '@showrunner/domain/publishing'
import { addresses } from '../../addresses.ts'
import { type Site } from '../frame.ts'
import { localMoment, type LocalWords } from './local-moment.ts'

type AnyPreview = PreviewLinkWithMaker | PostPreviewWithMaker

/** Who may see an episode or a post before it is out. */
export interface PreviewList {
  /** Where a new link is made; nothing for who may not. */
  readonly action: string | null
  /** The address that was made a moment ago. */
  readonly made: string | null
  readonly links: readonly PreviewLine[]
}

interface PreviewLine {
  readonly madeBy: string
  readonly made: LocalWords
  readonly expires: LocalWords
  readonly seen: string
  readonly revoke: string
}

export function previewList(
  { publicUrl }: Site,
  /** Where a link is made, nothing for who may not; and where one is taken back. */
  { make, revoke }: { readonly make: string | null; readonly revoke: (id: number) => string },
  shown: {
    readonly links: readonly AnyPreview[]
    readonly zone: string
    readonly madeToken: string | null
  },
): PreviewList {
  const { links, zone, madeToken } = shown
  return {
    action: make,
    made: madeToken === null ? null : publicUrl + addresses.preview(madeToken),
    links: links.map((link) => ({
      madeBy: link.madeBy?.name ?? 'Somebody who is gone',
      made: localMoment(link.insertedAt, zone),
      expires: localMoment(link.expiresAt, zone),
      seen: seen(link, zone),
      revoke: revoke(link.id),
    })),
  }
}

function seen({ views, lastSeenAt }: AnyPreview, zone: string): string {
  if (views === 0 || !lastSeenAt) return 'Not looked at yet'
  const times = views === 1 ? 'once' : `${views} times`
  return `Looked at ${times}, last on ${localMoment(lastSeenAt, zone).words}`
}
