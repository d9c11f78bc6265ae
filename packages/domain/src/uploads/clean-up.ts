import { from, sql, type Repo } from '@showrunner/data'
import { type UploadParts } from './parts.ts'
import { receivedUpload } from './receive.ts'
import { StoredFile } from './stored-file.ts'
import { Upload } from './upload.ts'

const DAY_MS = 24 * 60 * 60_000
/** How long an upload may rest before it counts as abandoned, and a file that nothing refers to is kept for who still has its address. */
const PATIENCE_MS = 2 * DAY_MS
const REMEMBERED_MS = 30 * DAY_MS
const AT_ONCE = 200

/** Removes what uploads left behind: bytes that nobody will ask for, uploads that nobody goes on with, files that nothing refers to. */
export async function cleanUp(parts: UploadParts): Promise<void> {
  const [repo, asOf] = [parts.repo.unscoped(), parts.clock()]
  const all = { ...parts, repo }
  const before = new Date(asOf.getTime() - PATIENCE_MS)
  await endAbandoned(all, before)
  await removeStaged(all)
  await removeUnused(all, asOf, before)
  await parts.staging.removeForgottenFolders(new Date(asOf.getTime() - DAY_MS))
  const old = from(Upload)
    .where({ staged: false })
    .where('state', 'not in', ['receiving', 'received'])
  await repo.deleteAll(old.where('updatedAt', '<', new Date(asOf.getTime() - REMEMBERED_MS)))
}

async function endAbandoned({ repo, staging, clock }: UploadParts, before: Date): Promise<void> {
  const resting = from(Upload).where('updatedAt', '<', before)
  for (const upload of await repo.all(resting.where({ state: 'receiving' }).limit(AT_ONCE))) {
    // The last byte came, and then the server died before it could say so.
    if ((await staging.arrived(upload.id)) === upload.bytes) await receivedUpload(repo, upload)
    else await end(repo, upload, 'It was not finished within two days.', clock())
  }
  for (const upload of await repo.all(resting.where({ state: 'received' }).limit(AT_ONCE)))
    await end(
      repo,
      upload,
      'Something broke on our side while it was looked at. Upload it again.',
      clock(),
    )
}

async function end(
  repo: Repo,
  { id, state }: Upload,
  message: string,
  updatedAt: Date,
): Promise<void> {
  await repo.updateAll(from(Upload).where({ id, state }), { state: 'refused', message, updatedAt })
}

async function removeStaged({ repo, staging }: UploadParts): Promise<void> {
  const over = from(Upload)
    .where({ staged: true })
    .where('state', 'in', ['taken', 'refused', 'cancelled'])
  for (const { id } of await repo.all(over.limit(AT_ONCE))) {
    await staging.remove(id)
    await repo.updateAll(from(Upload).where({ id }), { staged: false })
  }
}

/** Where the address of a file of ours may stand. */
const REFERENCES = [
  ['episodes', 'audio_url'],
  ['episodes', 'members_audio_url'],
  ['episodes', 'cover_url'],
  ['chapters', 'image_url'],
  ['podcasts', 'cover_url'],
  ['people', 'avatar_url'],
  ['topics', 'logo_url'],
  ['sponsors', 'logo_url'],
  ['settings', 'cover_url'],
  ['posts', 'cover_url'],
] as const

const IS_USED = [
  ...REFERENCES.map(
    ([table, column]) =>
      `exists (select from ${table} where ${table}.${column} = '/uploads/' || stored_files.main_key)`,
  ),
  'exists (select from episodes where episodes.audio_original_key = stored_files.main_key)',
].join(' or ')

/** Apps keep the address of a recording for a while, and some listen to it just now: it goes some time after its last use. */
async function removeUnused(
  { repo, storage }: UploadParts,
  asOf: Date,
  before: Date,
): Promise<void> {
  await repo.run(
    sql.raw(
      `update stored_files set unused_since = null where unused_since is not null and (${IS_USED})`,
    ),
  )
  await repo.run(
    sql`update stored_files set unused_since = ${asOf.toISOString()}::timestamptz
      where unused_since is null and not (${sql.raw(IS_USED)})`,
  )
  const unused = from(StoredFile).where('unusedSince', '<', before).limit(AT_ONCE)
  for (const { key } of await repo.all(unused)) {
    await storage.remove(key)
    await repo.deleteAll(from(StoredFile).where({ key }))
  }
}
