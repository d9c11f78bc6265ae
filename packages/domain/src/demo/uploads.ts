import { copyFile, mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Copies a file among the uploads under this name, and gives the address it then has. */
export type Upload = (path: string, name: string) => Promise<string>

export function uploadInto(uploadsDir: string): Upload {
  return async (path, name) => {
    const target = join(uploadsDir, name)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(path, target)
    return `/uploads/${name}`
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
