import { errorMessages, type Repo } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Episode, episodeChangeset } from '../episodes/index.ts'
import { attachAll, type AttachOptions, type AttachSummary } from './attach.ts'
import { ImportError } from './import-error.ts'

/**
 * Makes the Markdown in `<directory>/<podcast>/<name>-<episode>.md` the notes of their episodes.
 *
 * @throws {ImportError} when the directory cannot be read.
 */
export async function importNotes(
  repo: Repo,
  directory: string,
  options: AttachOptions = {},
): Promise<AttachSummary> {
  return attachAll(
    repo,
    directory,
    ['md'],
    async ({ id }, _file, body) => {
      const episode = await repo.getOrThrow(Episode, id)
      const changeset = episodeChangeset(episode, { notes: textOf(body) })
      const saved = await repo.update(changeset, AS_OPENED)
      if (saved.ok) return Object.hasOwn(changeset.changes, 'notes')
      throw new ImportError(Object.values(errorMessages(saved.changeset)).flat().join(', '))
    },
    options,
  )
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body).trim()
  } catch {
    throw new ImportError('it is not text in UTF-8')
  }
}
