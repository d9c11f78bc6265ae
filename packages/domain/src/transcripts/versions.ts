import { build, from, type Repo } from '@showrunner/data'
import { type Doer } from '../activity/index.ts'
import { type EpisodeKey } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { keepVersion, TranscriptVersion } from './transcript-version.ts'
import { Transcript } from './transcript.ts'
import { cuesOf, writeCues } from './write-cues.ts'

/** @throws NotFoundError for one of another episode. */
export async function getVersion(
  repo: Repo,
  { id: episodeId }: Pick<EpisodeKey, 'id'>,
  id: number,
): Promise<TranscriptVersion> {
  return repo.getByOrThrow(TranscriptVersion, { id, episodeId })
}

/** Brings back what a transcript said. What it says now is kept as a version in its turn, so this can be undone as well. */
export async function restoreVersion(
  repo: Repo,
  version: TranscriptVersion,
  by: Doer,
): Promise<Transcript> {
  return repo.transaction(async () => {
    const transcript = (await findTranscriptOf(repo, version)) ?? (await made(repo, version))
    const before = await cuesOf(repo, transcript)
    await keepVersion(repo, transcript, 'restored', by)
    const people = new Set(await known(repo, version))
    const cues = version.cues.map((cue) => {
      const isKnown = cue.personId !== null && people.has(cue.personId)
      return { ...cue, id: null, personId: isKnown ? cue.personId : null }
    })
    return writeCues(repo, transcript, before, cues, version.type)
  })
}

async function findTranscriptOf(
  repo: Repo,
  { episodeId, url, language }: TranscriptVersion,
): Promise<Transcript | undefined> {
  const ofEpisode = from(Transcript).where({ episodeId }).lock('for update')
  if (url !== null) return repo.getBy(ofEpisode, { url })
  const ours = ofEpisode.where('url', 'is', null).orderBy({ position: 'asc', id: 'asc' }).limit(1)
  return repo.one(language === null ? ours.where('language', 'is', null) : ours.where({ language }))
}

async function made(
  repo: Repo,
  { episodeId, podcastId, url, type, language, rel, digest }: TranscriptVersion,
): Promise<Transcript> {
  return repo.insertOrThrow(
    build(Transcript, { episodeId, podcastId, url, type, language, rel, digest }),
  )
}

/** Of the people of a version, those who are there still. */
async function known(repo: Repo, { cues }: TranscriptVersion): Promise<readonly number[]> {
  const ids = [...new Set(cues.flatMap(({ personId }) => personId ?? []))]
  if (ids.length === 0) return []
  const people = await repo.all(from(Person).where('id', 'in', ids).select('id'))
  return people.map(({ id }) => id)
}

/** Takes a transcript away. What it said is kept as a version. */
export async function deleteTranscript(
  repo: Repo,
  transcript: Transcript,
  by: Doer,
): Promise<void> {
  await repo.transaction(async () => {
    await keepVersion(repo, transcript, 'deleted', by)
    await repo.deleteOrThrow(transcript, { allowStale: true })
  })
}
