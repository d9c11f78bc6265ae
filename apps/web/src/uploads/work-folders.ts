import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Staging } from '@showrunner/domain/uploads'

const PREFIX = 'work-'

/** Lends folders within a folder, and removes those whose borrower died. */
export function workFolders(
  directory: string,
): Pick<Staging, 'withFolder' | 'removeForgottenFolders'> {
  return {
    async withFolder(work) {
      await mkdir(directory, { recursive: true })
      const folder = await mkdtemp(join(directory, PREFIX))
      try {
        return await work(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async removeForgottenFolders(before) {
      await mkdir(directory, { recursive: true })
      const names = (await readdir(directory)).filter((name) => name.startsWith(PREFIX))
      for (const folder of names.map((name) => join(directory, name))) {
        const found = await stat(folder).catch(() => undefined)
        if (found && found.mtime < before) await rm(folder, { recursive: true, force: true })
      }
    },
  }
}
