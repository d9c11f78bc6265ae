import { type Storage } from '@showrunner/storage'
import { type Episode } from '../episodes/index.ts'

const MINUTE_SECONDS = 60
/** Of a file of which nothing is known: a minute at 128 kbit/s. */
const USUAL_MINUTE = 960_000
const MOST_KNOWN = 5000
const ID3_HEADER = 10

/** What is written before the sound of a file, in bytes: a listener who has that has heard nothing. */
export type BytesBefore = (address: string) => Promise<number>

/** A sound file of an episode. */
export interface SoundFile {
  readonly bytes: number
  /** In seconds. */
  readonly duration: number | null
}

/** The file of the episode at this address: the one for everybody, or that for members. */
export function soundAt(episode: Episode, address: string): SoundFile {
  const isMembers = episode.membersAudioUrl === address && episode.audioUrl !== address
  const bytes = isMembers ? episode.membersAudioBytes : episode.audioBytes
  const duration = isMembers ? episode.membersAudioDuration : episode.audioDuration
  return { bytes: bytes ?? 0, duration }
}

/** How many bytes a minute of it takes, with what is before it; the whole file, where it is shorter. */
export function minuteOf({ bytes, duration }: SoundFile, before: number): number {
  if (bytes === 0) return USUAL_MINUTE
  if (!duration) return Math.min(bytes, before + USUAL_MINUTE)
  const tags = Math.min(before, bytes)
  return tags + Math.ceil((bytes - tags) * Math.min(1, MINUTE_SECONDS / duration))
}

/** Looks once into each file; the addresses of files never lead to others. */
export function tagsIn(storage: Pick<Storage, 'open'>): BytesBefore {
  const known = new Map<string, number>()

  return async (address) => {
    const before = known.get(address)
    if (before !== undefined) return before
    const bytes = await id3Bytes(storage, address.replace(/^\/uploads\//, ''))
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(address, bytes)
    return bytes
  }
}

async function id3Bytes(storage: Pick<Storage, 'open'>, key: string): Promise<number> {
  const opened = await storage.open(key, { start: 0, end: ID3_HEADER - 1 })
  if (!opened) return 0
  const parts: Buffer[] = []
  for await (const part of opened.stream) parts.push(Buffer.from(part))
  const header = Buffer.concat(parts)
  if (header.length < ID3_HEADER || header.toString('latin1', 0, 3) !== 'ID3') return 0
  // Seven bits of each: the eighth would look like the begin of sound.
  return ID3_HEADER + header.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0)
}
