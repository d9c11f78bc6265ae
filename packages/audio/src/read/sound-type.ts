import { type AudioType } from '../audio-types.ts'
import { AudioError } from '../errors.ts'
import { endOfFrontTags } from '../mp3/tags-around.ts'
import { type OpenFile } from '../open-file.ts'
import { HEAD_BYTES, recognise, type Recognised } from '../recognise.ts'

const TAKEN = 'Choose an MP3, M4A, WAV, Ogg, Opus or FLAC file.'

/**
 * What type of sound a file is, looking also at what its ID3 tag stands before.
 *
 * @throws {AudioError} that says what it is instead.
 */
export async function soundType(file: OpenFile): Promise<AudioType> {
  const first = await recognise(await file.read(0, HEAD_BYTES))
  const type = taken(first)
  if (type !== 'mp3') return type

  const from = await endOfFrontTags(file)
  if (from === 0) return type
  if (from >= file.bytes)
    throw new AudioError('no-sound', 'There is only a tag in it, and no sound. Export it again.')
  const behind = await recognise(await file.read(from, HEAD_BYTES))
  // Anything may stand between a tag and the first frame, so only what is surely something else is refused here.
  if (behind.kind === 'other' && (behind.mediaType ?? 'text/plain') !== 'text/plain')
    return taken(behind)
  if (behind.kind === 'audio' && behind.type !== 'mp3')
    throw new AudioError(
      'unsupported',
      `There is an ID3 tag before its ${behind.name} sound, where none belongs. Export it again.`,
    )
  return type
}

function taken(recognised: Recognised): AudioType {
  if (recognised.kind === 'audio') return recognised.type
  if (recognised.kind === 'other-audio')
    throw new AudioError(
      'unsupported',
      `This is ${recognised.name}, which few players play. ${TAKEN}`,
    )
  throw new AudioError('not-audio', `This is ${recognised.name}, not a sound file. ${TAKEN}`)
}
