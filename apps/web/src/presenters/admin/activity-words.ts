import { type Activity } from '@showrunner/domain/activity'
import { addresses } from '../../addresses.ts'

const { admin } = addresses

/** Words that do not stand before what they are about as they are. */
const DID: { readonly [action: string]: string } = {
  updated: 'changed',
  rescheduled: 'moved the date of',
  unscheduled: 'took the date from',
  'roles changed': 'changed the roles of',
  'address replaced': 'replaced the address of',
  merged: 'merged somebody into',
  'Slack account linked': 'said who in Slack is',
  'Slack account unlinked': 'unlinked the Slack account of',
  'masquerade began': 'began to act as',
  'masquerade ended': 'stopped acting as',
}

/** `changed the episode` */
export function sentenceOf({ action, subjectType }: Activity): string {
  return `${DID[action] ?? action} the ${subjectType}`
}

/** Where what was changed can be seen; nowhere, when it was deleted or has no page. */
export function activityHref(activity: Activity): string | null {
  return activity.action === 'deleted' ? null : subjectHref(activity)
}

/** Where a thing can be seen; nowhere, when it has no page. */
export function subjectHref({
  subjectType,
  subjectId: id,
  podcastId,
}: Nullable<Pick<Activity, 'subjectType' | 'subjectId' | 'podcastId'>>): string | null {
  if (id === null) return null
  switch (subjectType) {
    case 'episode':
      return podcastId === null ? null : admin.editEpisode(podcastId, id)
    case 'podcast':
      return admin.podcast(id)
    case 'post':
      return admin.editPost(id)
    case 'person':
      return admin.person(id)
    case 'topic':
      return admin.editTopic(id)
    case 'sponsor':
      return admin.editSponsor(id)
    case 'redirect':
      return admin.editRedirect(id)
    case 'request':
      return admin.request(id)
    case 'settings':
      return admin.settings
    case 'member feed':
      return admin.memberFeed(id)
    case 'news item':
      return admin.editNewsItem(id)
    case 'news issue':
      return admin.editNewsIssue(id)
    case 'webhook endpoint':
      return admin.webhook(id)
    case 'community settings':
      return admin.communitySettings
    default:
      return null
  }
}

type Nullable<Row> = { readonly [Field in keyof Row]: Row[Field] | null }
