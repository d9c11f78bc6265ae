/** ID3v2.4 writes lengths in bytes of seven bits, so that none looks like the beginning of a frame of sound. */
export function synchsafe(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((bits) => (length >>> bits) & 0x7f))
}

export function frame(id: string, ...body: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(body)
  return Buffer.concat([Buffer.from(id, 'latin1'), synchsafe(content.length), NO_FLAGS, content])
}

/** The whole tag around these frames. */
export function tag(frames: readonly Buffer[]): Buffer {
  const content = Buffer.concat(frames)
  return Buffer.concat([
    Buffer.from('ID3\u0004\u0000\u0000', 'latin1'),
    synchsafe(content.length),
    content,
  ])
}

const NO_FLAGS = Buffer.alloc(2)
const UTF_8 = Buffer.from([3])
const END = Buffer.from([0])
const NO_LANGUAGE = Buffer.from('XXX', 'latin1')
const NO_OFFSETS = Buffer.alloc(8, 0xff)
const TOP_LEVEL_AND_ORDERED = 3

export const PICTURE_KINDS = { other: 0, frontCover: 3 } as const

/** A NUL would end the text, and what follows it be read as a second one. */
function words(text: string): Buffer {
  return Buffer.from(text.replaceAll('\0', ' '), 'utf8')
}

export function textFrame(id: string, text: string): Buffer {
  return frame(id, UTF_8, words(text))
}

export function commentFrame(text: string): Buffer {
  return frame('COMM', UTF_8, NO_LANGUAGE, END, words(text))
}

/** Addresses are ASCII: what `URL` makes of one is. */
export function linkFrame(url: string): Buffer {
  return frame('WXXX', UTF_8, END, Buffer.from(url, 'latin1'))
}

export function pictureFrame(kind: number, mediaType: string, data: Uint8Array): Buffer {
  return frame(
    'APIC',
    UTF_8,
    Buffer.from(`${mediaType}\0`, 'latin1'),
    Buffer.from([kind]),
    END,
    data,
  )
}

export function chapterFrame(
  id: string,
  startsMs: number,
  endsMs: number,
  within: readonly Buffer[],
): Buffer {
  const times = Buffer.alloc(8)
  times.writeUInt32BE(startsMs, 0)
  times.writeUInt32BE(endsMs, 4)
  return frame('CHAP', Buffer.from(`${id}\0`, 'latin1'), times, NO_OFFSETS, ...within)
}

/** The table of contents: which chapters there are to see, in their order. At most 255 fit. */
export function contentsFrame(ids: readonly string[]): Buffer {
  const children = ids.map((id) => Buffer.from(`${id}\0`, 'latin1'))
  return frame(
    'CTOC',
    Buffer.from('toc\0', 'latin1'),
    Buffer.from([TOP_LEVEL_AND_ORDERED, ids.length]),
    ...children,
  )
}
