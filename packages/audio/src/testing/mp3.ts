/** Kinds of frames to make an MP3 of: 32 to 320 kbit/s at 44.1 kHz, stereo. */
export type FrameKind = keyof typeof BITRATES

const BITRATES = { 32: 1, 64: 5, 128: 9, 192: 11, 320: 14 } as const

/** Frames of MPEG 1 Layer III without any header before them: silence, of 1152 samples each. */
export function mp3Frames(kinds: readonly FrameKind[]): Buffer {
  return Buffer.concat(kinds.map(silentFrame))
}

function silentFrame(kilobits: FrameKind): Buffer {
  const frame = Buffer.alloc(Math.floor((144 * kilobits * 1000) / 44_100))
  frame.set([0xff, 0xfb, BITRATES[kilobits] << 4, 0])
  return frame
}
