import { AudioError } from '../errors.ts'
import { type OpenFile } from '../open-file.ts'

const PAGE_HEADER = 27
/** A page has at most 65 307 bytes, so the last whole one begins within this. */
const TAIL = 2 * 65_536
/** Opus counts in 48 000ths of a second, whatever was recorded. */
const OPUS_RATE = 48_000
const NO_POSITION = 0xffffffffffffffffn

/** How long an Ogg of Vorbis or Opus lasts: what its last page says, read from the file's end. */
export async function oggDurationMs(file: OpenFile): Promise<number> {
  const head = await file.read(0, 512)
  if (head.length < PAGE_HEADER || head.toString('latin1', 0, 4) !== 'OggS') throw damaged()
  const { rate, skipped } = rateIn(head.subarray(PAGE_HEADER + (head[26] ?? 0)))
  const tail = await file.read(Math.max(0, file.bytes - TAIL), TAIL)
  const samples = lastPosition(tail, head.readUInt32LE(14)) - skipped
  if (samples <= 0) throw new AudioError('no-sound', 'There is no sound in it. Export it again.')
  return Math.round((samples / rate) * 1000)
}

function rateIn(packet: Buffer): { rate: number; skipped: number } {
  if (packet.length >= 12 && packet.toString('latin1', 0, 8) === 'OpusHead')
    return { rate: OPUS_RATE, skipped: packet.readUInt16LE(10) }
  if (packet.length >= 16 && packet.toString('latin1', 1, 7) === 'vorbis') {
    const rate = packet.readUInt32LE(12)
    if (rate > 0) return { rate, skipped: 0 }
  }
  throw damaged()
}

/** The position the last page of this stream ends at, in samples. */
function lastPosition(tail: Buffer, serial: number): number {
  let at = tail.lastIndexOf('OggS', undefined, 'latin1')
  while (at !== -1) {
    if (at + PAGE_HEADER <= tail.length && tail.readUInt32LE(at + 14) === serial) {
      const position = tail.readBigUInt64LE(at + 6)
      if (position !== NO_POSITION && position < 2n ** 53n) return Number(position)
    }
    at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1, 'latin1')
  }
  throw damaged()
}

function damaged(): AudioError {
  return new AudioError(
    'damaged',
    'The Ogg file is broken or was cut short. Export it again, then upload it again.',
  )
}
