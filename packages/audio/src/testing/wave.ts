/** A marker to set in a WAV: where, in samples, what it is called and how long it lasts. */
export interface Cue {
  readonly sample: number
  readonly label?: string | Buffer
  readonly length?: number
}

interface WaveOptions {
  readonly seconds?: number
  readonly sampleRate?: number
  readonly cues?: readonly Cue[]
  /** `RF64` writes the sizes where a file over 4 GiB has them. */
  readonly form?: 'RIFF' | 'RF64'
}

/** A WAV of silence: 16 bit, mono. Its markers stand after the sound, where editors write them. */
export function wave({
  seconds = 1,
  sampleRate = 8000,
  cues = [],
  form = 'RIFF',
}: WaveOptions = {}): Buffer {
  const data = Buffer.alloc(Math.round(seconds * sampleRate) * 2)
  const format = numbers([2, 1], [2, 1], [4, sampleRate], [4, sampleRate * 2], [2, 2], [2, 16])
  const parts = [
    chunk('fmt ', format),
    chunk('data', data, form === 'RF64' ? 0xffffffff : data.length),
    ...(cues.length > 0 ? [cueChunk(cues), chunk('LIST', labels(cues))] : []),
  ]
  const large = numbers([8, 0], [8, data.length], [8, 0], [4, 0])
  const body = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    ...(form === 'RF64' ? [chunk('ds64', large)] : []),
    ...parts,
  ])
  return chunk(form, body, form === 'RF64' ? 0xffffffff : body.length)
}

function cueChunk(cues: readonly Cue[]): Buffer {
  const data = Buffer.from('data', 'latin1')
  const points = cues.map(({ sample }, index) =>
    Buffer.concat([
      numbers([4, index + 1], [4, sample]),
      data,
      numbers([4, 0], [4, 0], [4, sample]),
    ]),
  )
  return chunk('cue ', Buffer.concat([numbers([4, cues.length]), ...points]))
}

function labels(cues: readonly Cue[]): Buffer {
  const parts = cues.flatMap(({ label, length }, index) => {
    const id = numbers([4, index + 1])
    const text = typeof label === 'string' ? Buffer.from(label, 'utf8') : label
    return [
      ...(text ? [chunk('labl', Buffer.concat([id, text, Buffer.alloc(1)]))] : []),
      ...(length === undefined
        ? []
        : [
            chunk(
              'ltxt',
              Buffer.concat([
                id,
                numbers([4, length]),
                Buffer.from('rgn ', 'latin1'),
                Buffer.alloc(8),
              ]),
            ),
          ]),
    ]
  })
  return Buffer.concat([Buffer.from('adtl', 'latin1'), ...parts])
}

export function chunk(id: string, body: Buffer, size = body.length): Buffer {
  return Buffer.concat([
    Buffer.from(id, 'latin1'),
    numbers([4, size]),
    body,
    Buffer.alloc(body.length % 2),
  ])
}

/** Little-endian numbers of 2, 4 or 8 bytes. */
function numbers(...pairs: readonly (readonly [2 | 4 | 8, number])[]): Buffer {
  return Buffer.concat(
    pairs.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes)
      if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value))
      else buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )
}
