import { readFile } from 'node:fs/promises'
import { errorMessages } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import * as transcripts from '../transcripts/index.ts'
import { RefusedError } from './errors.ts'
import { type Taken, type Taking } from './taking.ts'

/** The words of an episode, in the language of its podcast. */
export async function takeTranscript({ repo, sender, upload, path }: Taking): Promise<Taken> {
  const episode = await repo.getOrThrow(Episode, upload.subjectId)
  const { language } = await repo.getOrThrow(Podcast, episode.podcastId)
  const params = { language, name: upload.name }
  const looked = transcripts.lookAtPasted(params, await readFile(path))
  if (!looked.ok) throw new RefusedError(`It ${problemIn(looked)}.`)
  const { text } = looked.pasted
  const [first, ...others] = looked.read.remarks
  const more = others.length > 0 ? ` And ${others.length} more to look at.` : ''
  return {
    resultKey: null,
    message: first ? `Line ${first.line}: ${first.message}.${more}` : null,
    write: async () => {
      const taken = await transcripts.takeTranscript(repo, episode, { ...params, text }, sender)
      if (!taken.ok) throw new RefusedError(`It ${problemIn(taken)}.`)
    },
  }
}

function problemIn({ changeset }: Extract<transcripts.LookedAt, { readonly ok: false }>): string {
  const { text = ['cannot be read'] } = errorMessages(changeset)
  return text.join('; ')
}
