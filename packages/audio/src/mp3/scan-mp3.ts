import { clock } from '../clock.ts'
import { AudioError } from '../errors.ts'
import { type OpenFile } from '../open-file.ts'
import { alike, announcedFrames, type Frame, frameAt } from './frame.ts'
import { endOfFrontTags, startOfBackTags } from './tags-around.ts'

/** The sound of an MP3: where it lies, between the tags, and how long it lasts. */
export interface Mp3Sound {
  readonly from: number
  readonly to: number
  readonly durationMs: number
  readonly bitrate: number
  readonly sampleRate: number
  readonly channels: number
}

const PIECE = 512 * 1024
const MOST_BEFORE_SOUND = 128 * 1024
/** Of ten bytes between the tags, at most one may be something else than sound. */
const MOST_JUNK = 0.1
const JUNK_OF_NO_MATTER = 4096
/** Editors that cut without encoding leave the announced length a little wrong. */
const LEAST_OF_ANNOUNCED = 0.98

interface Walk {
  first: Frame | null
  announced: number | null
  inStep: boolean
  frames: number
  frameBytes: number
  junk: number
  last: number
}

/**
 * Walks every frame of an MP3, so the length is right also where no header tells it and the bitrate varies.
 *
 * @throws {AudioError} where there is no sound, too much that is none, or less than was announced.
 */
export async function scanMp3(file: OpenFile): Promise<Mp3Sound> {
  const from = await endOfFrontTags(file)
  const to = await startOfBackTags(file, from)
  const walk: Walk = {
    first: null,
    announced: null,
    inStep: false,
    frames: 0,
    frameBytes: 0,
    junk: 0,
    last: 0,
  }

  let at = from
  while (at + 4 <= to) {
    const piece = await file.read(at, Math.min(PIECE, to - at))
    if (piece.length < 4) break
    at += walkPiece(piece, walk, at + piece.length >= to)
    refuseJunk(walk, to - from)
  }
  // The last frame was cut: it leads beyond the end.
  if (at > to && walk.frames > 0) {
    walk.frames -= 1
    walk.frameBytes -= walk.last
  }
  return measured(walk, from, to)
}

/** Steps from frame to frame, and tells how far it came: beyond the piece where its last frame goes on. */
function walkPiece(piece: Buffer, walk: Walk, isLast: boolean): number {
  let at = 0
  while (at + 4 <= piece.length) {
    const frame = frameAt(piece, at)
    if (frame && !walk.inStep && !isLast && at > 0 && at + frame.size + 4 > piece.length) return at
    if (frame && belongs(piece, at, frame, walk)) {
      step(piece, at, frame, walk)
      at += frame.size
    } else {
      walk.inStep = false
      walk.junk += 1
      at += 1
    }
  }
  return isLast ? Math.max(at, piece.length) : at
}

/** In step, a header is enough; out of step, the frame after it has to be there too. */
function belongs(piece: Buffer, at: number, frame: Frame, walk: Walk): boolean {
  if (walk.first && !alike(walk.first, frame)) return false
  if (walk.inStep) return true
  const next = frameAt(piece, at + frame.size)
  return next === null ? at + frame.size === piece.length : alike(frame, next)
}

function step(piece: Buffer, at: number, frame: Frame, walk: Walk): void {
  walk.inStep = true
  if (!walk.first) {
    walk.first = frame
    walk.announced = announcedFrames(piece.subarray(at, at + frame.size), frame)
    if (walk.announced !== null) return
  }
  walk.frames += 1
  walk.frameBytes += frame.size
  walk.last = frame.size
}

function refuseJunk({ first, junk }: Walk, bytes: number): void {
  if (!first && junk > MOST_BEFORE_SOUND) throw noSound()
  if (junk > JUNK_OF_NO_MATTER && junk > bytes * MOST_JUNK)
    throw new AudioError(
      'damaged',
      'Much of it is no MP3 sound. Export it again as MP3, then upload it again.',
    )
}

function measured(walk: Walk, from: number, to: number): Mp3Sound {
  const { first, frames, frameBytes, announced } = walk
  if (!first || frames === 0) throw noSound()
  const seconds = (count: number) => (count * first.samples) / first.sampleRate
  if (announced !== null && frames < announced * LEAST_OF_ANNOUNCED)
    throw new AudioError(
      'damaged',
      `It should last ${clock(seconds(announced) * 1000)}, but its sound ends after ` +
        `${clock(seconds(frames) * 1000)}: it was cut short. Export it again, then upload it again.`,
    )
  return {
    from,
    to,
    durationMs: Math.round(seconds(frames) * 1000),
    bitrate: Math.round((frameBytes * 8) / seconds(frames)),
    sampleRate: first.sampleRate,
    channels: first.channels,
  }
}

function noSound(): AudioError {
  return new AudioError(
    'no-sound',
    'There is no MP3 sound in it. Export it again as MP3, then upload it again.',
  )
}
