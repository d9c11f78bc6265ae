import { addError, change, type Changeset, getChange } from '@showrunner/data'
import { type Episode } from './episode.ts'

const ID = /^[\w-]{11}$/
const HOSTS = ['youtube.com', 'www.youtube.com', 'm.youtube.com', 'youtu.be']

/** The address of a video, also where its id alone was typed, or where it was shared with more behind it. */
export function youtubeAddress(changeset: Changeset<typeof Episode>): Changeset<typeof Episode> {
  const said = getChange(changeset, 'youtubeUrl')
  if (said == null) return changeset
  const id = videoIn(said.trim())
  return id === undefined
    ? addError(changeset, 'youtubeUrl', 'must be the address of a video on YouTube, or its id')
    : change(changeset, { youtubeUrl: `https://www.youtube.com/watch?v=${id}` })
}

function videoIn(text: string): string | undefined {
  if (ID.test(text)) return text
  const address = URL.canParse(text) ? new URL(text) : null
  if (!address || !HOSTS.includes(address.hostname)) return undefined
  const [first = '', second = ''] = address.pathname.split('/').filter(Boolean)
  const id = address.searchParams.get('v') ?? (address.hostname === 'youtu.be' ? first : second)
  return ID.test(id) ? id : undefined
}
