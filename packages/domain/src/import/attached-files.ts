import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportError } from './import-error.ts'

/** A file that belongs to an episode by where it lies: `<podcast>/<name>-<episode>.md`. */
export interface AttachedFile {
  readonly path: string
  /** From the folder that was named, for messages. */
  readonly name: string
  /** The folder it is in, which stands for the podcast. */
  readonly folder: string
  /** The file's name without its ending. */
  readonly stem: string
  /** Without the dot, in lower case. */
  readonly extension: string
}

/** The files of these kinds in the folders below a directory. @throws {ImportError} when it cannot be read. */
export async function attachedFiles(
  directory: string,
  extensions: readonly string[],
): Promise<readonly AttachedFile[]> {
  const folders = (await entriesOf(directory)).filter((entry) => entry.isDirectory())
  const files = await Promise.all(
    folders.map(async ({ name: folder }) =>
      (await entriesOf(join(directory, folder)))
        .filter((entry) => entry.isFile())
        .map(({ name }) => attachedFile(directory, folder, name)),
    ),
  )
  return files
    .flat()
    .filter(({ extension }) => extensions.includes(extension))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function attachedFile(directory: string, folder: string, file: string): AttachedFile {
  const dot = file.lastIndexOf('.')
  return {
    path: join(directory, folder, file),
    name: `${folder}/${file}`,
    folder,
    stem: file.slice(0, dot === -1 ? undefined : dot),
    extension: dot === -1 ? '' : file.slice(dot + 1).toLowerCase(),
  }
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ImportError(`the folder ${directory} cannot be read: ${reason}`, { cause: error })
  }
}
