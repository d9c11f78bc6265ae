import { type Dashboard } from '@showrunner/domain/dashboard'
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
  return [...failedJobs(network), ...ofMembers(network), ...refusedUploads.map(refused)]
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
