import { build, type Repo } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { PodcastHost, type Podcast } from '@showrunner/domain/podcasts'
import { type FastifyInstance } from 'fastify'
import { type Parts } from '../parts.ts'
import { signedIn } from './signed-in.ts'
import { testApp } from './test-app.ts'

interface Roles {
  readonly admin?: boolean
  readonly editor?: boolean
  readonly hostOf?: readonly Podcast[]
  readonly name?: string
}

/** Somebody with these roles at work in the admin area: what they get, and what they send. */
export async function inAdmin(
  repo: Repo,
  { admin = false, editor = false, hostOf = [], name = 'Ada Byron' }: Roles,
  parts: Partial<Parts> = {},
  site?: FastifyInstance,
) {
  const handle = `${name.toLowerCase().replaceAll(' ', '-')}-${Math.random().toString(36).slice(2, 8)}`
  const host = hostOf.length > 0
  const person = await repo.insertOrThrow(build(Person, { name, handle, admin, editor, host }))
  for (const { id } of hostOf) {
    await repo.insertOrThrow(build(PodcastHost, { podcastId: id, personId: person.id }))
  }
  const app = site ?? (await testApp(repo, parts))
  const headers = { ...(await signedIn(repo, person)), accept: 'text/html' }

  return {
    app,
    person,
    headers,
    get: async (url: string) => {
      const response = await app.inject({ url, headers })
      return { ...response, status: response.statusCode, html: response.body }
    },
    /** Sends a form, from the page that is said: `{ 'episodeGuests[0][role]': 'guest' }`. */
    post: async (url: string, form: Readonly<Record<string, string>> = {}, referer?: string) => {
      const response = await app.inject({
        method: 'POST',
        url,
        headers: {
          ...headers,
          'content-type': 'application/x-www-form-urlencoded',
          ...(referer !== undefined && { referer }),
        },
        payload: new URLSearchParams(form).toString(),
      })
      return { ...response, status: response.statusCode, html: response.body }
    },
  }
}
