import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/** Lays a `.br` and a `.gz` beside every style and script, once, for the static server to send. */
export async function compressFiles(directory: string): Promise<void> {
  const files = await readdir(directory)
  const texts = files.filter((file) => /\.(css|js|svg)$/.test(file))

  await Promise.all(
    texts.map(async (file) => {
      const path = join(directory, file)
      const text = await readFile(path)
      await writeFile(`${path}.br`, await promisify(brotliCompress)(text))
      await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }))
    }),
  )
}
