import { join } from 'node:path'
import { from, type Repo } from '@showrunner/data'
import { FetchError } from '@showrunner/feeds'
import { type Account, accountOf } from '../accounts/index.ts'
import { Person } from '../people/index.ts'
import { repoFor } from '../policies/index.ts'
import { refusalIn, RefusedError } from '../uploads/index.ts'
import { filesElsewhere, nameOf } from './elsewhere.ts'
import { fetchTo } from './fetch-to.ts'
import { MovedFile, type MovedKind } from './moved-file.ts'
import { type MovingParts } from './parts.ts'
import { isOfHost, mayPass, MOST_TRIES, said, waitAfter } from './patience.ts'
import { may } from './policy.ts'
import { pulseOfFetching, StoppedError } from './pulse.ts'
import { putPicture } from './put-picture.ts'
import { putSound } from './put-sound.ts'
import { type Placing, type Put } from './placing.ts'

export interface Later {
  readonly file: MovedFile
  readonly at: Date
}

const PUT: Readonly<Record<MovedKind, (placing: Placing) => Promise<Put>>> = {
  picture: putPicture,
  audio: putSound,
}

/**
 * Fetches a file and puts it into its place, or says why not. Killed anywhere and begun again it comes to the same: until the
 * one transaction at its end nothing has changed, and what was stored for nothing is found by the clean-up.
 *
 * @returns where it may be had later: which file, and when that is to be tried.
 */
export async function takeFile(parts: MovingParts, id: number): Promise<Later | undefined> {
  const all = { ...parts, repo: parts.repo.unscoped() }
  const file = await all.repo.get(MovedFile, id)
  if (file?.state !== 'waiting' && file?.state !== 'fetching') return undefined
  const rest = await restOfHost(all, file)
  if (rest) return { file, at: rest }
  const begun = await begin(all, file)
  return begun && attempt(all, begun)
}

async function attempt(parts: MovingParts, file: MovedFile): Promise<Later | undefined> {
  const { stopping } = parts.attempt ?? {}
  const pulse = pulseOfFetching(parts.repo, file)
  const signal = stopping ? AbortSignal.any([pulse.signal, stopping]) : pulse.signal
  try {
    const mover = await moverOf(parts.repo, file)
    await refuseUnused(parts.repo, file)
    const { reachesPrivate: allowPrivate = false } = parts
    await parts.staging.withFolder(async (folder) => {
      const path = join(folder, 'file')
      await fetchTo(path, file, { allowPrivate, signal, onBytes: pulse.at })
      const repo = repoFor(mover, parts.repo)
      await finish(parts, file, await PUT[file.kind]({ parts, repo, file, path }))
    })
    return undefined
  } catch (error) {
    if (error instanceof StoppedError) return undefined
    if (stopping?.aborted) return await putBack(parts, file)
    return await failed(parts, file, error)
  } finally {
    pulse.stop()
  }
}

/** Counts the try before it is made: what kills the program each time is not tried for ever. */
async function begin(
  { repo, clock }: MovingParts,
  file: MovedFile,
): Promise<MovedFile | undefined> {
  const open = from(MovedFile).where({ id: file.id }).where('state', 'in', ['waiting', 'fetching'])
  const over = file.tries >= MOST_TRIES
  const values = over
    ? ({ state: 'failed', message: TOO_OFTEN } as const)
    : ({ state: 'fetching', tries: file.tries + 1, bytes: 0, message: null } as const)
  const [begun] = await repo.updateAll(
    open,
    { ...values, restsUntil: null, updatedAt: clock() },
    { returning: true },
  )
  return over ? undefined : begun
}

const TOO_OFTEN = 'The program was stopped each time it was tried.'

/** The program is stopping, which is not the file's fault. */
async function putBack({ repo, clock }: MovingParts, file: MovedFile): Promise<Later | undefined> {
  const fetching = from(MovedFile).where({ id: file.id, state: 'fetching' })
  const at = clock()
  const values = { state: 'waiting', tries: file.tries - 1, bytes: 0, updatedAt: at } as const
  return (await repo.updateAll(fetching, values)) === 1 ? { file, at } : undefined
}

/** What they may is asked again: it may have changed since they asked for it. */
async function moverOf(all: Repo, { personId, podcastId }: MovedFile): Promise<Account> {
  const person = personId === null ? undefined : await all.get(Person, personId)
  if (!person) throw new RefusedError('Who asked for it is not here any more.')
  const account = await accountOf(all, person)
  if (!may(account, 'bring', { podcastId }))
    throw new RefusedError('Who asked for it may not bring files here any more.')
  return account
}

/** Another file may have been uploaded meanwhile. */
async function refuseUnused(repo: Repo, file: MovedFile): Promise<void> {
  const files = await filesElsewhere(repo, file.podcastId)
  if (!files.some((one) => nameOf(one) === nameOf(file)))
    throw new RefusedError('Nothing of the podcast has this address any more.')
}

async function finish(
  { repo, clock }: MovingParts,
  { id }: MovedFile,
  { key, bytes, message, write }: Put,
): Promise<void> {
  await repo.transaction(async () => {
    const fetching = from(MovedFile).where({ id, state: 'fetching' })
    const values = { state: 'taken', key, bytes, message, updatedAt: clock() } as const
    // Stopped meanwhile, it is not taken.
    if ((await repo.updateAll(fetching, values)) === 1) await write()
  })
}

async function failed(
  { repo, clock }: MovingParts,
  file: MovedFile,
  error: unknown,
): Promise<Later | undefined> {
  const fetching = from(MovedFile).where({ id: file.id, state: 'fetching' })
  const updatedAt = clock()
  if (mayPass(error) && file.tries < MOST_TRIES) {
    const at = new Date(updatedAt.getTime() + waitAfter(file.tries))
    const restsUntil = isOfHost(error) ? at : null
    const values = { state: 'waiting', message: said(error), restsUntil, updatedAt } as const
    return (await repo.updateAll(fetching, values)) === 1 ? { file, at } : undefined
  }
  const told = error instanceof FetchError ? said(error) : refusalIn(error)
  const isLast = told !== undefined || file.tries >= MOST_TRIES
  if (isLast) await repo.updateAll(fetching, { state: 'failed', message: told ?? OURS, updatedAt })
  if (told === undefined) throw error
  return undefined
}

const OURS = 'Something went wrong here; the log of the server says what.'

/** When a host may be asked again that asked to be left alone, or does not answer. */
async function restOfHost(
  { repo, clock }: MovingParts,
  { id, address }: MovedFile,
): Promise<Date | undefined> {
  const resting = from(MovedFile)
    .where({ state: 'waiting' })
    .where('id', '!=', id)
    .where('restsUntil', '>', clock())
  const ofHost = (await repo.all(resting)).filter((row) => hostOf(row.address) === hostOf(address))
  const latest = Math.max(...ofHost.map(({ restsUntil }) => restsUntil?.getTime() ?? 0))
  return ofHost.length > 0 ? new Date(latest) : undefined
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address
}
