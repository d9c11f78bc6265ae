import { basename, join } from 'node:path'
import { type Storage, typeOfKey } from '@showrunner/storage'

/** Puts a file among the uploads under this key, and gives the address it then has. */
export type Upload = (path: string, key: string) => Promise<string>

export function uploadInto(storage: Storage): Upload {
  return async (path, key) => {
    // `local-time/when-noon-moved.mp3` is kept as `local-time-when-noon-moved.mp3`.
    await storage.put(key, path, { type: typeOfKey(key), name: key.replaceAll('/', '-') })
    return `/uploads/${key}`
  }
}

/** The address of a picture that content names by its name in a folder; null where it names none. */
export async function uploadPicture(
  upload: Upload,
  folder: string,
  file: string | undefined,
  prefix: string,
): Promise<string | null> {
  return file === undefined ? null : upload(join(folder, file), `${prefix}${basename(file)}`)
}
