import { clock } from '../clock.ts'
import { AudioError } from '../errors.ts'
import { MOST_TAG_BYTES } from '../mp3/tags-around.ts'
import {
  chapterFrame,
  commentFrame,
  contentsFrame,
  linkFrame,
  PICTURE_KINDS,
  pictureFrame,
  tag,
  textFrame,
} from './id3-frames.ts'
import { linkToWrite, type NewChapter, type NewTags, pictureToWrite } from './new-tags.ts'

const MOST_CHAPTERS = 255

/**
 * The ID3v2.4 tag that says this of sound of this length.
 *
 * @throws {AudioError} `bad-tags` where it cannot be said: a chapter after the end, a picture that is none.
 */
export function tagOf(tags: NewTags, durationMs: number): Buffer {
  const written = tag([
    ...textFrames(tags, durationMs),
    ...(tags.cover ? [coverFrame(tags.cover)] : []),
    ...chapterFrames(tags.chapters ?? [], durationMs),
  ])
  if (written.length > MOST_TAG_BYTES)
    throw new AudioError(
      'bad-tags',
      `With these pictures the tag would be ${Math.ceil(written.length / 1_048_576)} MB. Use smaller ones.`,
    )
  return written
}

function textFrames(tags: NewTags, durationMs: number): Buffer[] {
  const texts: readonly (readonly [string, string | number | null | undefined])[] = [
    ['TIT2', tags.title],
    ['TPE1', tags.artist],
    ['TALB', tags.album],
    ['TCON', tags.genre],
    ['TPUB', tags.publisher],
    [
      'TDRC',
      tags.year === null || tags.year === undefined ? null : String(tags.year).padStart(4, '0'),
    ],
    ['TRCK', tags.track],
    ['TLEN', durationMs],
  ]
  const frames = texts.flatMap(([id, value]) => {
    const text = value === null || value === undefined ? '' : String(value).trim()
    return text === '' ? [] : [textFrame(id, text)]
  })
  const comment = tags.comment?.trim()
  return comment ? [...frames, commentFrame(comment)] : frames
}

function coverFrame(cover: { readonly data: Uint8Array }): Buffer {
  const { mediaType, data } = pictureToWrite(cover, 'The cover')
  return pictureFrame(PICTURE_KINDS.frontCover, mediaType, data)
}

function chapterFrames(given: readonly NewChapter[], durationMs: number): Buffer[] {
  if (given.length === 0) return []
  if (given.length > MOST_CHAPTERS)
    throw new AudioError(
      'bad-tags',
      `There are ${given.length} chapters; an MP3 holds ${MOST_CHAPTERS}.`,
    )
  const chapters = given.toSorted((a, b) => a.startsMs - b.startsMs)
  const frames = chapters.map((chapter, index) => {
    const endsMs = chapter.endsMs ?? chapters[index + 1]?.startsMs ?? durationMs
    return oneChapter(chapter, idOf(index), endsMs, durationMs)
  })
  const shown = chapters.flatMap(({ hidden }, index) => (hidden === true ? [] : [idOf(index)]))
  return [contentsFrame(shown), ...frames]
}

function idOf(index: number): string {
  return `chp${index}`
}

function oneChapter(chapter: NewChapter, id: string, endsMs: number, durationMs: number): Buffer {
  const startsMs = Math.round(chapter.startsMs)
  const what = `the chapter ${chapter.title ? `“${chapter.title}”` : `at ${clock(startsMs)}`}`
  if (!(startsMs >= 0)) throw new AudioError('bad-tags', `It is not said when ${what} begins.`)
  if (startsMs >= durationMs)
    throw new AudioError(
      'bad-tags',
      `It cannot be that ${what} begins at ${clock(startsMs)}: the sound ends at ${clock(durationMs)}.`,
    )
  const title = chapter.title?.trim()
  const link = chapter.link?.trim()
  const picture = chapter.picture && pictureToWrite(chapter.picture, `The picture of ${what}`)
  return chapterFrame(id, startsMs, Math.min(Math.max(Math.round(endsMs), startsMs), durationMs), [
    ...(title ? [textFrame('TIT2', title)] : []),
    ...(link ? [linkFrame(linkToWrite(link, what))] : []),
    ...(picture ? [pictureFrame(PICTURE_KINDS.other, picture.mediaType, picture.data)] : []),
  ])
}
