import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext } from 'node:test'

/** A folder that lasts as long as the test, and a way to put a file into it. */
export async function testFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'audio-test-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    put: async (name: string, ...bytes: readonly Uint8Array[]): Promise<string> => {
      const path = join(folder, name)
      await writeFile(path, Buffer.concat(bytes))
      return path
    },
  }
}
