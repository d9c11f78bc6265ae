import { type Readable, Transform } from 'node:stream'
import { type Upload } from '@showrunner/domain/uploads'
import { type ReceivingStaging } from './staging.ts'

/** Writes a stream into the staging, up to so many bytes; what comes after is read and forgotten. */
export async function writeAtMost(
  staging: ReceivingStaging,
  { id }: Upload,
  bytes: Readable,
  most: number,
): Promise<{ readonly bytes: number; readonly isTooLarge: boolean }> {
  let length = 0
  const limited = new Transform({
    transform(piece: Buffer, _encoding, done) {
      length += piece.length
      done(null, length <= most ? piece : undefined)
    },
  })
  bytes.once('error', (error) => limited.destroy(error))
  const written = await staging.write(id, bytes.pipe(limited))
  return { bytes: written, isTooLarge: length > most }
}
