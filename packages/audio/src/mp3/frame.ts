/** A frame of MPEG Layer III, as its four bytes of header say. */
export interface Frame {
  /** Whole length in bytes, header included. */
  readonly size: number
  readonly samples: number
  readonly sampleRate: number
  readonly channels: number
  /** Where the encoder may have left notes instead of sound, from the frame's beginning. */
  readonly infoAt: number
}

const MPEG_1 = 3
const MPEG_2 = 2
const LAYER_3 = 1
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLE_RATES = [44_100, 48_000, 32_000]

/** The frame that begins at `at`, or null where none does. Frames of "free" bitrate count as none: nothing plays them. */
export function frameAt(bytes: Buffer, at: number): Frame | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return null
  const [second, third, fourth] = [bytes.readUInt8(at + 1), bytes.readUInt8(at + 2), bytes[at + 3]]
  const version = (second >> 3) & 3
  if ((second & 0xe0) !== 0xe0 || version === 1 || ((second >> 1) & 3) !== LAYER_3) return null

  const kilobits = (version === MPEG_1 ? BITRATES_1 : BITRATES_2)[third >> 4]
  const fullRate = SAMPLE_RATES[(third >> 2) & 3]
  if (!kilobits || !fullRate) return null

  const sampleRate = version === MPEG_1 ? fullRate : fullRate / (version === MPEG_2 ? 2 : 4)
  const samples = version === MPEG_1 ? 1152 : 576
  const mono = (fourth ?? 0) >> 6 === 3
  const sideInformation = version === MPEG_1 ? (mono ? 17 : 32) : mono ? 9 : 17
  return {
    size: Math.floor((samples / 8) * ((kilobits * 1000) / sampleRate)) + ((third >> 1) & 1),
    samples,
    sampleRate,
    channels: mono ? 1 : 2,
    infoAt: 4 + sideInformation,
  }
}

/** Whether two frames may stand in one stream. */
export function alike(a: Frame, b: Frame): boolean {
  return a.sampleRate === b.sampleRate && a.samples === b.samples
}

/**
 * How many frames follow one another from `at` on, four at most. One proves nothing: any two bytes in 2000 look like a
 * header. What ends with the bytes given counts for two.
 */
export function framesIn(head: Buffer, at: number): number {
  const first = frameAt(head, at)
  if (!first) return 0
  let next = at + first.size
  for (let count = 1; count < 4; count += 1) {
    if (next === head.length) return count + 1
    const frame = frameAt(head, next)
    if (!frame || !alike(first, frame)) return count
    next += frame.size
  }
  return 4
}

/** How many frames of sound a first frame announces (Xing, Info or VBRI), or null where it is sound itself. */
export function announcedFrames(bytes: Buffer, frame: Frame): number | null {
  const named = bytes.toString('latin1', frame.infoAt, frame.infoAt + 4)
  if ((named === 'Xing' || named === 'Info') && bytes.length >= frame.infoAt + 12) {
    const hasCount = (bytes.readUInt32BE(frame.infoAt + 4) & 1) === 1
    return hasCount ? bytes.readUInt32BE(frame.infoAt + 8) : 0
  }
  // Fraunhofer's encoder always writes at 36.
  if (bytes.toString('latin1', 36, 40) === 'VBRI' && bytes.length >= 54)
    return bytes.readUInt32BE(50)
  return null
}
