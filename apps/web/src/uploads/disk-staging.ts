import { createWriteStream, mkdirSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { type ReceivingStaging } from './staging.ts'
import { workFolders } from './work-folders.ts'

/** Bytes on their way lie in a folder of this machine: `17`, and in `17.json` what tus knows of it. */
export function diskStaging({ directory }: { readonly directory: string }): ReceivingStaging {
  mkdirSync(directory, { recursive: true })
  const pathOf = (id: number) => join(directory, String(id))
  const arrived = async (id: number) => {
    const found = await stat(pathOf(id)).catch(() => undefined)
    return found?.isFile() ? found.size : undefined
  }
  return {
    store: new FileStore({ directory }),
    storeId: String,
    arrived,
    fetch: async (id) => ((await arrived(id)) === undefined ? undefined : pathOf(id)),
    async write(id, bytes) {
      await pipeline(bytes, createWriteStream(pathOf(id)))
      return (await stat(pathOf(id))).size
    },
    async remove(id) {
      await Promise.all([
        rm(pathOf(id), { force: true }),
        rm(`${pathOf(id)}.json`, { force: true }),
      ])
    },
    ...workFolders(directory),
  }
}
