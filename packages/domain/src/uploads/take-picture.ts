import { COVER, PORTRAIT, readArtwork } from '@showrunner/artwork'
import { storePicture } from './pictures.ts'
import { addressOf } from './stored-file.ts'
import { type Taken, type Taking } from './taking.ts'
import { getTarget } from './targets.ts'

/** A cover, a face or a logo, in its sizes. */
export async function takePicture({ parts, repo, upload, path }: Taking): Promise<Taken> {
  const { kind, subject, subjectId } = upload
  await readArtwork(path, kind === 'cover' ? COVER : PORTRAIT)
  const { folder } = await getTarget(repo, subject, subjectId)
  const key = await storePicture(parts, path, folder)
  return {
    resultKey: key,
    message: null,
    write: async () => {
      const { setPicture } = await getTarget(repo, subject, subjectId)
      await setPicture(addressOf(key))
    },
  }
}
