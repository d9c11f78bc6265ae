import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext } from 'node:test'
import { diskStorage } from '../index.ts'
import { type Storage } from '../storage.ts'

const PREFIX = join(tmpdir(), 'showrunner-storage-')

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A storage in a folder of its own, which goes when the test is over, or with the process. */
export function temporaryStorage(
  t?: Pick<TestContext, 'after'>,
): Storage & { readonly directory: string } {
  const directory = mkdtempSync(PREFIX)
  folders.push(directory)
  t?.after(() => rm(directory, { recursive: true, force: true }))
  return { ...diskStorage({ directory }), directory }
}

export async function temporaryFolder(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(PREFIX)
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}
