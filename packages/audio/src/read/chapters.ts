import { type IAudioMetadata, type IPicture } from 'music-metadata'
import { type Chapter, inOrder, type Picture, plainChapter } from '../chapter.ts'
import { pictureIn } from '../picture.ts'

/** The frames of an ID3 tag as music-metadata leaves them in `native`, where it has no types for them. */
interface ChapterFrame {
  readonly label: string
  readonly info: { readonly startTime: number; readonly endTime: number }
  readonly frames: ReadonlyMap<string, unknown>
}

interface ContentsFrame {
  readonly childElementIds: readonly string[]
}

const MOST_CHAPTERS = 10_000

/**
 * The chapters of an ID3 tag, or of an MP4. The library's own list of ID3 chapters leaves out what has no title and what
 * the table of contents hides, so they are made from the frames here.
 */
export function chaptersIn({ native, format }: IAudioMetadata): Chapter[] {
  const frames = Object.entries(native).find(([kind]) => kind.startsWith('ID3v2'))?.[1] ?? []
  const valuesOf = (id: string) =>
    frames.filter((frame) => frame.id === id).map(({ value }) => value)
  const chapters = valuesOf('CHAP') as ChapterFrame[]
  if (chapters.length === 0) return mp4Chapters(format.chapters ?? [])

  const contents = (valuesOf('CTOC') as ContentsFrame[]).flatMap((toc) => toc.childElementIds)
  const isListed = listedIn(chapters, contents, valuesOf('CTOC').length > 0)
  return inOrder(
    chapters
      .slice(0, MOST_CHAPTERS)
      .map((each) => ({ ...id3Chapter(each), hidden: !isListed(each) })),
  )
}

/** A table of contents that lists chapters there are not hides nothing: it is broken. */
function listedIn(chapters: ChapterFrame[], contents: string[], hasContents: boolean) {
  const listed = new Set(contents)
  const isBroken = contents.length > 0 && !chapters.some(({ label }) => listed.has(label))
  return ({ label }: ChapterFrame) => !hasContents || isBroken || listed.has(label)
}

function id3Chapter({ info, frames }: ChapterFrame): Chapter {
  const title = frames.get('TIT2')
  const link = frames.get('WXXX') as { url: string } | undefined
  const image = frames.get('APIC') as IPicture | undefined
  const isLinked = image?.format === '-->'
  return {
    ...plainChapter(info.startTime, info.endTime, textOf(title), webAddress(link?.url)),
    imageUrl: isLinked ? webAddress(Buffer.from(image.data).toString('latin1')) : null,
    picture: image && !isLinked ? pictureOf(image) : null,
  }
}

function mp4Chapters(chapters: NonNullable<IAudioMetadata['format']['chapters']>): Chapter[] {
  return inOrder(
    chapters.slice(0, MOST_CHAPTERS).map(({ title, start, end, timeScale, url }) => {
      const ms = (time: number) => Math.round((time / (timeScale || 1)) * 1000)
      return plainChapter(
        ms(start),
        end === undefined ? null : ms(end),
        textOf(title),
        webAddress(url?.url),
      )
    }),
  )
}

function pictureOf({ data }: IPicture): Picture | null {
  return pictureIn(Uint8Array.from(data))
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Only the web: a player shows the link, and somebody presses it. */
function webAddress(text: string | undefined): string | null {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null
}
