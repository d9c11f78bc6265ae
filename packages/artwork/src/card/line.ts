import { bidi, facesOf, type Lettering } from './lettering.ts'
import { type Glyph, type Stretch, type Typeface } from './typeface.ts'

/** What is drawn in one go: of one face, one script and one direction. */
interface Run extends Stretch {
  readonly face: Typeface
}

type Faces = Pick<Lettering, 'faces' | 'isRightToLeft'>

/** How wide a line is in thousandths of an em, and how many letters of it may be moved together. */
export interface Measured {
  readonly width: number
  readonly tracked: number
}

export function measured(faces: Faces, line: string): Measured {
  let [width, tracked] = [0, 0]
  for (const run of runsOf(faces, line)) {
    for (const { advance } of run.face.shaped(run)) {
      width += advance
      if (run.face.isTracked && advance > 0) tracked += 1
    }
  }
  return { width, tracked }
}

export function reachOf(faces: Faces, line: string): { top: number; bottom: number } {
  const reaches = runsOf(faces, line).map((run) => run.face.reach(run))
  return {
    top: Math.max(0, ...reaches.map(({ top }) => top)),
    bottom: Math.min(0, ...reaches.map(({ bottom }) => bottom)),
  }
}

/** A line as paths, from the left end of its baseline. */
export function pathsOf(faces: Faces, line: string, size: number, tracking: number): string {
  const paths: string[] = []
  let at = 0
  for (const run of runsOf(faces, line)) {
    for (const glyph of run.face.shaped(run)) {
      if (glyph.path !== '') paths.push(pathOf(glyph, at))
      at += glyph.advance + (run.face.isTracked && glyph.advance > 0 ? tracking : 0)
    }
  }
  return `<g transform="scale(${size / 1000} ${-size / 1000})">${paths.join('')}</g>`
}

function pathOf({ path, x, y }: Glyph, at: number): string {
  return `<path transform="translate(${at + x} ${y})" d="${path}"/>`
}

/** From left to right, as they are seen. */
function runsOf({ faces, isRightToLeft }: Faces, line: string): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(line, isRightToLeft ? 'rtl' : 'ltr')
  const runs: (Run & { text: string; script: string | undefined; level: number })[] = []
  let at = 0
  for (const { text, face } of partsOf(faces, line)) {
    for (const letter of text) {
      const [level = 0, script, last] = [levels[at], scriptOf(letter), runs.at(-1)]
      at += letter.length
      if (
        last?.face === face &&
        last.level === level &&
        (!script || !last.script || script === last.script)
      ) {
        last.text += letter
        last.script ??= script
      } else runs.push({ text: letter, face, script, level, isRightToLeft: level % 2 === 1 })
    }
  }
  return inSight(runs)
}

/** A space is of the face of the word before it. */
function partsOf(faces: readonly Typeface[], line: string) {
  return line.split(/(?<= )/).flatMap((word) => {
    const parts = facesOf(faces, word.trimEnd()) ?? []
    return parts.map((part, index) =>
      index === parts.length - 1 && word.endsWith(' ') ? { ...part, text: `${part.text} ` } : part,
    )
  })
}

/** As the bidirectional algorithm has it: from the highest level down, what is of it or more is turned around. */
function inSight<Levelled extends { readonly level: number }>(runs: readonly Levelled[]) {
  let seen = [...runs]
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const turned: Levelled[] = []
    let turning: Levelled[] = []
    for (const run of seen) {
      if (run.level >= level) turning.unshift(run)
      else {
        turned.push(...turning, run)
        turning = []
      }
    }
    seen = [...turned, ...turning]
  }
  return seen
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latn', /\p{sc=Latin}/u],
  ['Cyrl', /\p{sc=Cyrillic}/u],
  ['Grek', /\p{sc=Greek}/u],
  ['Hebr', /\p{sc=Hebrew}/u],
  ['Arab', /\p{sc=Arabic}/u],
  ['Hani', /\p{sc=Han}/u],
  ['Hira', /\p{sc=Hiragana}/u],
  ['Kana', /\p{sc=Katakana}/u],
]

function scriptOf(letter: string): string | undefined {
  return SCRIPTS.find(([, of]) => of.test(letter))?.[0]
}
