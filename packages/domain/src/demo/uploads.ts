import { join } from 'node:path'
import { type Storage, typeOfKey } from '@showrunner/storage'
import { type Repo } from '@showrunner/data'
import { addressOf, storePicture } from '../uploads/index.ts'

/** Puts what content names among the uploads, and gives the address it then has. */
export interface Upload {
  file(path: string, key: string): Promise<string>
  /** In all its sizes, like one that an editor uploads. */
  picture(path: string, folder: string): Promise<string>
}

export function uploadInto(repo: Repo, storage: Storage): Upload {
  return {
    async file(path, key) {
      // `local-time/when-noon-moved.mp3` is kept as `local-time-when-noon-moved.mp3`.
      await storage.put(key, path, { type: typeOfKey(key), name: key.replaceAll('/', '-') })
      return addressOf(key)
    },
    async picture(path, folder) {
      return addressOf(await storePicture({ repo, storage }, path, folder))
    },
  }
}

/** The address of a picture that content names by its name in a folder; null where it names none. */
export async function uploadPicture(
  upload: Upload,
  folder: string,
  file: string | undefined,
  into: string,
): Promise<string | null> {
  return file === undefined ? null : upload.picture(join(folder, file), into)
}
