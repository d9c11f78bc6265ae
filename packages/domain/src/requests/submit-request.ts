import { applyAction, build, from, type Changeset, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { addRequest } from './add-request.ts'
import { mailRequestConfirm, mailRequestReceived } from './jobs.ts'
import { createRequestLink } from './request-link.ts'
import { unconfirmedChangeset, UnconfirmedRequest } from './unconfirmed-request.ts'

const HOUR_MS = 60 * 60_000
const UNCONFIRMED_MS = 3 * 24 * HOUR_MS

const PER_VISITOR: Limit = { name: 'requests of a visitor', most: 10, perMs: HOUR_MS }
const PER_ADDRESS: Limit = { name: 'requests of an address', most: 4, perMs: HOUR_MS }

interface Asking {
  /** Where they ask from. */
  readonly visitor: string
  /** Who is signed in: their request counts at once. */
  readonly person?: Person | undefined
}

export type Submitted =
  | {
      readonly ok: true
      /** Of the page of a request that counts already. */ readonly token?: string
    }
  | { readonly ok: false; readonly changeset: Changeset<typeof UnconfirmedRequest> }

/** The podcasts that anybody may ask for an episode, in the network's order. */
export async function listAskable(repo: Repo): Promise<readonly Podcast[]> {
  return repo.all(askable().pipe(inOrder))
}

/**
 * Asks a podcast, named by its slug, for an episode. Who is not signed in is mailed a link, and the request counts once
 * that was used; so whether the address is anybody's does not show.
 *
 * @throws LimitError for too many from one visitor or address.
 */
export async function submitRequest(
  repo: Repo,
  { podcast: slug, website, ...given }: Readonly<Record<string, unknown>>,
  { visitor, person }: Asking,
  asOf: Date,
): Promise<Submitted> {
  // A field that nobody sees: only programs fill it in, and they need not know that it was noticed.
  if (typeof website === 'string' && website !== '') return { ok: true }

  await spend(repo, PER_VISITOR, visitor, asOf)
  const podcast = typeof slug === 'string' ? await findAskable(repo, slug) : undefined
  const isKnown = person !== undefined && person.email !== null
  const by = isKnown ? { name: person.name, email: person.email } : {}
  const expiresAt = new Date(asOf.getTime() + UNCONFIRMED_MS)
  const changeset = unconfirmedChangeset(build(UnconfirmedRequest, { expiresAt }), {
    ...given,
    ...by,
    podcastId: podcast?.id ?? null,
  })
  const wish = applyAction(changeset, 'insert')
  if (!wish.ok) return wish

  return repo.transaction(async () => {
    await spend(repo, PER_ADDRESS, wish.value.email, asOf)
    if (isKnown) {
      const request = await addRequest(repo, wish.value, person)
      await enqueue(repo, mailRequestReceived, { requestId: request.id })
      return { ok: true, token: await createRequestLink(repo, request, asOf) }
    }
    const { id } = await repo.insertOrThrow(changeset)
    await enqueue(repo, mailRequestConfirm, { id })
    return { ok: true }
  })
}

function askable() {
  return from(Podcast).pipe(visible).where({ takesRequests: true })
}

async function findAskable(repo: Repo, slug: string): Promise<Podcast | undefined> {
  return repo.getBy(askable(), { slug })
}
