import { clock } from '../clock.ts'
import { type Cue } from '../feed.ts'
import { collapse } from '../values.ts'

const LONGEST_NAME = 100

/** As `readMarkdown` reads it: a name where the speaker changes, and times where they are known. */
export function writeMarkdown(cues: readonly Cue[]): string {
  let current: string | null = null
  const paragraphs = cues.flatMap((cue) => {
    const text = collapse(cue.text)
    if (text === '') return []
    const sound = soundOf(cue)
    if (sound !== undefined) {
      current = null
      return [`**${sound}:** ${times(cue)}`.trim()]
    }
    const changes = cue.speaker !== null && cue.speaker !== current
    current = cue.speaker ?? current
    const name = changes ? `**${nameOf(cue.speaker ?? '')}:** ` : ''
    return [`${name}${times(cue)}${escaped(text, cue.startsMs === null)}`]
  })
  return `${paragraphs.join('\n\n')}\n`
}

/** `[break]`: what nobody says. */
function soundOf({ speaker, startsMs, text }: Cue): string | undefined {
  const sound = /^\[([a-z][a-z ]{0,40})\]$/.exec(text.trim())?.[1]
  if (speaker !== null || sound === undefined) return undefined
  if (startsMs === null && sound !== 'break') return undefined
  return `${sound[0]?.toUpperCase() ?? ''}${sound.slice(1)}`
}

function nameOf(speaker: string): string {
  return collapse(speaker.replaceAll('*', '')).slice(0, LONGEST_NAME)
}

function times({ startsMs, endsMs }: Cue): string {
  if (startsMs === null) return ''
  const end = endsMs === null ? '' : ` to ${bracketed(endsMs)}`
  return `${bracketed(startsMs)}${end} `
}

function bracketed(ms: number): string {
  return String.raw`\[${clock(ms)}\]`
}

/** Text in which nothing is taken for markup, nor what it begins with for a time. */
function escaped(text: string, untimed: boolean): string {
  const plain = text.replace(/[\\*_[\]`<>]/g, String.raw`\$&`).replace(/^[#+-]/, String.raw`\$&`)
  const looksTimed = /^(?:to|-|–|\\-)?\s*\\\[\\*\d/.test(plain)
  return looksTimed || untimed
    ? plain.replace(/^[^\p{L}]*?\d:/u, (head) => head.replace(/:$/, String.raw`\:`))
    : plain
}
