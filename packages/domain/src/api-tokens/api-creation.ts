import { createHash } from 'node:crypto'
import {
  belongsTo,
  build,
  change,
  from,
  schema,
  t,
  timestamps,
  type Repo,
  type Row,
  type Saved,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { ApiToken } from './api-token.ts'

/** What was made for a key that a program chose. */
export const ApiCreation = schema(
  'api_creations',
  {
    id: t.id(),
    tokenId: t.reference(),
    key: t.string(),
    /** Of what was asked for. */
    digest: t.string(),
    episodeId: t.reference().nullable(),
    ...timestamps(),
  },
  () => ({ token: belongsTo(ApiToken), episode: belongsTo(Episode) }),
)
export type ApiCreation = Row<typeof ApiCreation>

/** A key was used before, for something else. */
export class KeyUsedError extends Error {
  override readonly name = 'KeyUsedError'

  constructor(key: string) {
    super(`The key "${key}" was used for something else before.`)
  }
}

interface Wanted {
  readonly token: Pick<ApiToken, 'id'>
  readonly key: string
  /** Everything that was asked for: what is the same is the same text. */
  readonly asked: string
}

export type MadeOnce = Saved<typeof Episode> & { readonly isReplayed: boolean }

/**
 * Makes an episode once for each key of a token, however often and at how many moments at once it is asked for. What was
 * refused was not made, and may be asked for again under its key.
 *
 * @throws KeyUsedError
 */
export async function makeOnce(
  repo: Repo,
  { token: { id: tokenId }, key, asked }: Wanted,
  make: () => Promise<Saved<typeof Episode>>,
): Promise<MadeOnce> {
  const all = repo.unscoped()
  const digest = createHash('sha256').update(asked).digest('hex')
  return repo.transaction(async (): Promise<MadeOnce> => {
    // Whoever comes second waits for the first here.
    await all.getOrThrow(from(ApiToken).select('id').lock('for update'), tokenId)
    const known = await all.getBy(ApiCreation, { tokenId, key })
    if (known && known.digest !== digest) throw new KeyUsedError(key)
    if (known?.episodeId) {
      return { ok: true, value: await repo.getOrThrow(Episode, known.episodeId), isReplayed: true }
    }
    const saved = await make()
    if (!saved.ok) return { ...saved, isReplayed: false }
    const episodeId = saved.value.id
    if (known) await all.updateOrThrow(change(known, { episodeId }))
    else await all.insertOrThrow(build(ApiCreation, { tokenId, key, digest, episodeId }))
    return { ...saved, isReplayed: false }
  })
}

const KEPT_MS = 7 * 24 * 60 * 60_000

/** Whoever asks again after a week means something new. */
export async function forgetCreations(repo: Repo, asOf: Date): Promise<number> {
  return repo
    .unscoped()
    .deleteAll(from(ApiCreation).where('insertedAt', '<', new Date(asOf.getTime() - KEPT_MS)))
}
