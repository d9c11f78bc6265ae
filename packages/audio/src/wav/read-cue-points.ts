import { type Chapter, plainChapter } from '../chapter.ts'
import { AudioError } from '../errors.ts'
import { type OpenFile, withFile } from '../open-file.ts'
import { type Chunk, chunksOf } from './chunks.ts'
import { readFormat } from './wave-format.ts'

const MOST_POINTS = 10_000
const MOST_LABEL_BYTES = 4 * 1024 * 1024

interface CuePoint {
  readonly id: number
  readonly sample: number
}

interface Labels {
  readonly titles: Map<number, string>
  readonly notes: Map<number, string>
  readonly lengths: Map<number, number>
}

/**
 * Reads the markers an editor set in a WAV (cue points with their labels, notes and lengths) as chapters, in the order
 * they play. Only the small parts of the file are read, whatever its size; RF64 and BW64 too. A WAV without markers has
 * no chapters.
 *
 * @throws {AudioError} where it is no WAV, or a damaged one.
 */
export function readCuePoints(
  path: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Chapter[]> {
  return withFile(path, signal, async (file) => {
    let sampleRate = 0
    const points: CuePoint[] = []
    const labels: Labels = { titles: new Map(), notes: new Map(), lengths: new Map() }
    for await (const chunk of chunksOf(file)) {
      if (chunk.id === 'fmt ') ({ sampleRate } = await readFormat(file, chunk))
      if (chunk.id === 'cue ') points.push(...(await readPoints(file, chunk)))
      if (chunk.id === 'LIST') await readLabels(file, chunk, labels)
    }
    if (points.length > 0 && sampleRate === 0)
      throw new AudioError('damaged', 'The WAV has markers but does not say its sample rate.')
    const asPlayed = points.toSorted((a, b) => a.sample - b.sample)
    return asPlayed.map((point) => chapterAt(point, labels, sampleRate))
  })
}

async function readPoints(file: OpenFile, chunk: Chunk): Promise<CuePoint[]> {
  const count = (await file.read(chunk.at, 4)).readUInt32LE()
  if (count > MOST_POINTS || 4 + count * 24 > chunk.size)
    throw new AudioError(
      'damaged',
      'The WAV says it has more markers than fit into it. Export it again.',
    )
  const body = await file.read(chunk.at + 4, count * 24)
  return Array.from({ length: count }, (_, index) => ({
    id: body.readUInt32LE(index * 24),
    sample: body.readUInt32LE(index * 24 + 20),
  }))
}

async function readLabels(file: OpenFile, list: Chunk, labels: Labels): Promise<void> {
  if ((await file.read(list.at, 4)).toString('latin1') !== 'adtl') return
  if (list.size > MOST_LABEL_BYTES)
    throw new AudioError('too-large', 'The names of the WAV’s markers are too long to be names.')
  const body = await file.read(list.at + 4, list.size - 4)
  for (let at = 0; at + 12 <= body.length;) {
    const size = body.readUInt32LE(at + 4)
    readLabel(body.toString('latin1', at, at + 4), body.subarray(at + 8, at + 8 + size), labels)
    at += 8 + size + (size % 2)
  }
}

function readLabel(kind: string, body: Buffer, { titles, notes, lengths }: Labels): void {
  if (body.length < 4) return
  const id = body.readUInt32LE()
  if (kind === 'labl') titles.set(id, words(body.subarray(4)))
  if (kind === 'note') notes.set(id, words(body.subarray(4)))
  if (kind !== 'ltxt' || body.length < 8) return
  lengths.set(id, body.readUInt32LE(4))
  const text = words(body.subarray(20))
  if (text && !titles.has(id)) titles.set(id, text)
}

/** The format does not say how letters are written: what is no UTF-8 is from Windows. */
function words(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  const text = end === -1 ? bytes : bytes.subarray(0, end)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text).trim()
  } catch {
    return new TextDecoder('windows-1252').decode(text).trim()
  }
}

function chapterAt({ id, sample }: CuePoint, labels: Labels, sampleRate: number): Chapter {
  const ms = (samples: number) => Math.round((samples * 1000) / sampleRate)
  const length = labels.lengths.get(id) ?? 0
  const title = labels.titles.get(id) || labels.notes.get(id) || null
  return plainChapter(ms(sample), length > 0 ? ms(sample + length) : null, title)
}
