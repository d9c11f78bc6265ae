/** Layer III of MPEG-1, 32 kbit/s, 44.1 kHz, one channel: without anything behind its header, a frame is silent. */
const HEADER = Buffer.from([0xff, 0xfb, 0x10, 0xc4])
const FRAME_BYTES = 104
const FRAMES_A_SECOND = 44_100 / 1152

export const SILENCE_SECONDS = 4

/** A sound for what is only to be read: most apps show no item that has none. */
export const SILENCE: Buffer = Buffer.concat(
  Array.from({ length: Math.round(SILENCE_SECONDS * FRAMES_A_SECOND) }, () =>
    Buffer.concat([HEADER, Buffer.alloc(FRAME_BYTES - HEADER.length)]),
  ),
)
