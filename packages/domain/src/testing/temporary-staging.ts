import { mkdtempSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext } from 'node:test'
import { type Staging } from '../uploads/index.ts'

export interface TemporaryStaging extends Staging {
  readonly directory: string
  /** Lets all bytes of an upload arrive. */
  readonly put: (id: number, bytes: Uint8Array) => Promise<void>
}

/** A staging in a folder of its own, which goes when the test is over. */
export function temporaryStaging(t?: Pick<TestContext, 'after'>): TemporaryStaging {
  const directory = mkdtempSync(join(tmpdir(), 'showrunner-staging-'))
  t?.after(() => rm(directory, { recursive: true, force: true }))
  const pathOf = (id: number) => join(directory, String(id))
  const arrived = (id: number) =>
    stat(pathOf(id)).then(
      ({ size }) => size,
      () => undefined,
    )
  return {
    directory,
    put: (id, bytes) => writeFile(pathOf(id), bytes),
    arrived,
    fetch: async (id) => ((await arrived(id)) === undefined ? undefined : pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
    removeForgottenFolders: async () => undefined,
    async withFolder(work) {
      const folder = await mkdtemp(join(directory, 'work-'))
      try {
        return await work(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}
