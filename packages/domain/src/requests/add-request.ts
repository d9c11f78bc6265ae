import { build, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { EpisodeRequest, requestChangeset } from './episode-request.ts'
import { tellHosts } from './tell-hosts.ts'
import { type UnconfirmedRequest } from './unconfirmed-request.ts'

/** From here on the request counts, and its podcast is told. */
export async function addRequest(
  repo: Repo,
  { podcastId, pitch, topics, hosts, guests, pronunciation }: UnconfirmedRequest,
  submitter: Person,
): Promise<EpisodeRequest> {
  return repo.transaction(async () => {
    const request = await repo.insertOrThrow(
      requestChangeset(build(EpisodeRequest, { podcastId, submitterId: submitter.id }), {
        pitch,
        topics,
        hosts,
        guests,
        pronunciation,
      }),
    )
    await tellHosts(repo, request)
    return request
  })
}
