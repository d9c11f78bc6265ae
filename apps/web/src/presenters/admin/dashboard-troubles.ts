import { type Dashboard } from '@showrunner/domain/dashboard'
import { type WebhookEndpoint } from '@showrunner/domain/webhooks'
import { addresses } from '../../addresses.ts'
import { excerpt } from '../excerpts.ts'
import { failedEvents, linkWarnings, waitingWarning } from './inbox-warnings.ts'

const { admin } = addresses
const LONGEST_REASON = 160

/** Something that went wrong, and where it is seen to. */
export interface TroubleLine {
  readonly words: string
  readonly reason: string | null
  readonly href: string
  readonly link: string
}

export function troubles({ network, refusedUploads }: Dashboard): readonly TroubleLine[] {
  return [
    ...failedJobs(network),
    ...ofMembers(network),
    ...commentsThatWait(network?.waitingComments ?? 0),
    ...stopped(network?.stoppedWebhooks ?? []),
    ...refusedUploads.map(refused),
  ]
}

function ofMembers(network: Dashboard['network']): readonly TroubleLine[] {
  if (!network) return []
  const { inbox, inviteLink: link, waitingMembers: waitingCount } = network
  // A network without members needs no link.
  const isUsed = inbox.activeCount > 0 || waitingCount > 0
  return [
    ...failedEvents(inbox),
    ...linkWarnings({ link, isUsed }),
    ...waitingWarning({ waitingCount }),
  ]
}

function commentsThatWait(count: number): readonly TroubleLine[] {
  if (count === 0) return []
  const words = count === 1 ? 'A comment waits for you.' : `${count} comments wait for you.`
  const reason = 'Nobody else sees what somebody says for the first time, until you do.'
  return [{ words, reason, href: admin.comments, link: 'Look at the comments' }]
}

/** Somebody outside is told nothing any more. */
function stopped(webhooks: readonly WebhookEndpoint[]): readonly TroubleLine[] {
  const [first, ...others] = webhooks
  if (!first) return []
  const reason = 'For three days nothing got through, so that nothing more is sent there.'
  return others.length === 0
    ? [
        {
          words: `The webhook at ${URL.parse(first.url)?.host ?? first.url} was switched off.`,
          reason,
          href: admin.webhook(first.id),
          link: 'Look at the webhook',
        },
      ]
    : [
        {
          words: `${webhooks.length} webhooks were switched off.`,
          reason,
          href: admin.webhooks,
          link: 'Look at the webhooks',
        },
      ]
}

function failedJobs(network: Dashboard['network']): readonly TroubleLine[] {
  const [first] = network?.failedJobs ?? []
  if (!network || !first) return []
  const { failedJobCount: count } = network
  const reason = excerpt(first.error ?? '', LONGEST_REASON)
  return [
    {
      words: count === 1 ? `A job failed: ${first.name}.` : `${count} jobs failed.`,
      reason: reason === '' ? null : reason,
      href: `${admin.jobs}?state=failed`,
      link: 'Look at the jobs',
    },
  ]
}

function refused(upload: Dashboard['refusedUploads'][number]): TroubleLine {
  return {
    words: `“${upload.name}” was not taken.`,
    reason: upload.message,
    href: sentFrom(upload),
    link: 'Send another file',
  }
}

/** The page it was sent from. */
function sentFrom({ kind, subject, subjectId, podcastId }: Dashboard['refusedUploads'][number]) {
  if (subject !== 'episode' || podcastId === null) return admin.picture(subject, subjectId)
  return kind === 'transcript'
    ? admin.episodeTranscripts(podcastId, subjectId)
    : admin.episodeAudio(podcastId, subjectId)
}
