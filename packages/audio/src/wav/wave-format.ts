import { AudioError } from '../errors.ts'
import { type OpenFile } from '../open-file.ts'
import { type Chunk, chunksOf } from './chunks.ts'

/** How a WAV's sound is written, and how much of it there is. */
export interface WaveSound {
  readonly durationMs: number
  readonly bitrate: number
  readonly sampleRate: number
  readonly channels: number
}

interface WaveFormat {
  readonly channels: number
  readonly sampleRate: number
  readonly bytesPerSecond: number
}

/** Whole numbers, floating ones, and either with more said of the channels. */
const PLAIN_SAMPLES = [1, 3, 0xfffe]

/** @throws {AudioError} where it says nothing usable of its format, or has no sound. */
export async function readWaveSound(file: OpenFile): Promise<WaveSound> {
  let format: WaveFormat | null = null
  for await (const chunk of chunksOf(file)) {
    if (chunk.id === 'fmt ') format = await readFormat(file, chunk)
    if (chunk.id !== 'data') continue
    if (!format)
      throw new AudioError('damaged', 'The WAV does not say its format before its sound.')
    if (chunk.size === 0) break
    return {
      durationMs: Math.round((chunk.size / format.bytesPerSecond) * 1000),
      bitrate: format.bytesPerSecond * 8,
      sampleRate: format.sampleRate,
      channels: format.channels,
    }
  }
  throw new AudioError('no-sound', 'There is no sound in the WAV. Export it again.')
}

/** @throws {AudioError} where its numbers cannot be. */
export async function readFormat(file: OpenFile, chunk: Chunk): Promise<WaveFormat> {
  const body = await file.read(chunk.at, Math.min(chunk.size, 16))
  if (body.length < 16) throw impossible()
  // What stands there of the bytes a second may be wrong; of plain samples it can be reckoned.
  const isPlain = PLAIN_SAMPLES.includes(body.readUInt16LE(0))
  const format = {
    channels: body.readUInt16LE(2),
    sampleRate: body.readUInt32LE(4),
    bytesPerSecond: isPlain ? body.readUInt32LE(4) * body.readUInt16LE(12) : body.readUInt32LE(8),
  }
  const { channels, sampleRate, bytesPerSecond } = format
  if (channels === 0 || channels > 64 || sampleRate < 1000 || sampleRate > 1_000_000)
    throw impossible()
  if (bytesPerSecond === 0) throw impossible()
  return format
}

function impossible(): AudioError {
  return new AudioError('damaged', 'The WAV’s format cannot be right. Export it again.')
}
