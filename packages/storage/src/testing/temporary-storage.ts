import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext } from 'node:test'
import { diskStorage } from '../index.ts'
import { type Storage } from '../storage.ts'

/** A storage in a folder of its own, which goes when the test is over. */
export function temporaryStorage(t?: Pick<TestContext, 'after'>): Storage & { directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'showrunner-storage-'))
  t?.after(() => rm(directory, { recursive: true, force: true }))
  return { ...diskStorage({ directory }), directory }
}
