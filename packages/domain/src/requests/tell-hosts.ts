import { from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { Person } from '../people/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { type EpisodeRequest } from './episode-request.ts'
import { mailRequestHost } from './jobs.ts'
import { type RequestMessage } from './request-message.ts'

/** Lets those who answer for a podcast know of a request, or of what its maker wrote: a mail each. */
export async function tellHosts(
  repo: Repo,
  request: EpisodeRequest,
  message?: RequestMessage,
): Promise<void> {
  for (const person of await listAnswering(repo, request.podcastId)) {
    await enqueue(repo, mailRequestHost, {
      requestId: request.id,
      personId: person.id,
      messageId: message?.id ?? null,
    })
  }
}

/** The podcast's hosts who may work on it; where there is none, the administrators. */
async function listAnswering(repo: Repo, podcastId: number): Promise<readonly Person[]> {
  const mailable = from(Person).where('email', 'is not', null).orderBy({ id: 'asc' })
  const hosts = await repo.all(from(PodcastHost).where({ podcastId, retired: false }))
  const ids = hosts.map(({ personId }) => personId)
  const answering = await repo.all(mailable.where({ host: true }).where('id', 'in', ids))
  return answering.length > 0 ? answering : repo.all(mailable.where({ admin: true }))
}
