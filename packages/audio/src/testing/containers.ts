const ascii = (text: string) => Buffer.from(text, 'latin1')

function big(bytes: number, ...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(bytes * values.length)
  values.forEach((value, index) => {
    if (bytes === 8) buffer.writeBigUInt64BE(BigInt(value), index * 8)
    else buffer.writeUIntBE(value, index * bytes, bytes)
  })
  return buffer
}

function little(bytes: number, value: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

export function box(name: string, ...body: readonly Buffer[]): Buffer {
  const content = Buffer.concat(body)
  return Buffer.concat([big(4, content.length + 8), Buffer.from(name, 'latin1'), content])
}

interface Mp4Options {
  readonly seconds?: number
  readonly kind?: 'soun' | 'vide'
  readonly codec?: string
  readonly title?: string
  readonly chapters?: readonly (readonly [number, string])[]
}

/** An MP4 of one track and no sound in it, as its tables are all that is read. */
export function mp4({
  seconds = 90,
  kind = 'soun',
  codec = 'mp4a',
  title,
  chapters = [],
}: Mp4Options = {}): Buffer {
  const rate = 44_100
  const entry = Buffer.concat([
    Buffer.alloc(6),
    big(2, 1),
    Buffer.alloc(8),
    big(2, 2, 16, 0, 0),
    big(4, rate * 65_536),
  ])
  const table = box(
    'stbl',
    box('stsd', big(4, 0, 1), box(codec, entry)),
    box('stts', big(4, 0, 1, 10, 1024)),
    box('stsc', big(4, 0, 1, 1, 10, 1)),
    box('stsz', big(4, 0, 100, 10)),
    box('stco', big(4, 0, 1, 40)),
  )
  const track = box(
    'trak',
    box('tkhd', big(4, 1, 0, 0, 1), Buffer.alloc(68)),
    box(
      'mdia',
      box('mdhd', big(4, 0, 0, 0, rate, rate * seconds, 0)),
      box('hdlr', big(4, 0, 0), ascii(kind), Buffer.alloc(13)),
      box('minf', table),
    ),
  )
  const named = title
    ? [
        box(
          'meta',
          big(4, 0),
          box('ilst', box('©nam', box('data', big(4, 1, 0), Buffer.from(title)))),
        ),
      ]
    : []
  const marks = chapters.map(([ms, name]) =>
    Buffer.concat([big(8, ms * 10_000), big(1, Buffer.byteLength(name)), Buffer.from(name)]),
  )
  return Buffer.concat([
    box('ftyp', ascii('M4A \0\0\0\0M4A isom')),
    box('mdat', Buffer.alloc(1000)),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      track,
      box(
        'udta',
        ...named,
        box('chpl', Buffer.from([1, 0, 0, 0]), Buffer.alloc(4), big(1, marks.length), ...marks),
      ),
    ),
  ])
}

/** A FLAC of its head only: what it is and what it is called. */
export function flac({ seconds = 10, title = 'A tide' } = {}): Buffer {
  const rate = 48_000
  const sound = (BigInt(rate) << 44n) | (1n << 41n) | (15n << 36n) | BigInt(rate * seconds)
  const stream = Buffer.alloc(34)
  stream.writeBigUInt64BE(sound, 10)
  const comment = Buffer.from(`TITLE=${title}`)
  const comments = Buffer.concat([little(4, 0), little(4, 1), little(4, comment.length), comment])
  const block = (kind: number, body: Buffer) =>
    Buffer.concat([big(1, kind), big(3, body.length), body])
  return Buffer.concat([ascii('fLaC'), block(0, stream), block(0x84, comments), Buffer.alloc(64)])
}

/** An Ogg of Opus: its head, its comments, and a last page that says where it ends. */
export function opus({ seconds = 20, title = 'Low water', skipped = 312 } = {}): Buffer {
  const head = Buffer.concat([
    ascii('OpusHead'),
    Buffer.from([1, 2]),
    little(2, skipped),
    little(4, 44_100),
    Buffer.alloc(3),
  ])
  const comment = Buffer.from(`TITLE=${title}`)
  const tags = Buffer.concat([
    ascii('OpusTags'),
    little(4, 0),
    little(4, 1),
    little(4, comment.length),
    comment,
  ])
  return Buffer.concat([
    oggPage(0, 2, 0, head),
    oggPage(1, 0, 0, tags),
    oggPage(2, 4, seconds * 48_000 + skipped, Buffer.alloc(200)),
  ])
}

export function oggPage(sequence: number, flags: number, position: number, packet: Buffer): Buffer {
  const segments = [
    ...Array<number>(Math.floor(packet.length / 255)).fill(255),
    packet.length % 255,
  ]
  return Buffer.concat([
    ascii('OggS'),
    Buffer.from([0, flags]),
    little(6, position),
    Buffer.alloc(2),
    little(4, 7),
    little(4, sequence),
    Buffer.alloc(4),
    Buffer.from([segments.length, ...segments]),
    packet,
  ])
}
