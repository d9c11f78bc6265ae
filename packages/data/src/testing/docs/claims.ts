import { inspect, stripVTControlCharacters } from 'node:util'

/** What a page claims while it runs. Every claim is looked at, whichever fails before it. */
export interface Claims {
  /** `expression // => text` */
  readonly value: (line: number, value: unknown, text: string) => void
  /** `expression // throws text` */
  readonly error: (line: number, work: () => Promise<unknown>, text: string) => Promise<void>
  /** Throws when a claim was wrong, or was never reached. */
  readonly settle: () => void
}

export function claimsOf(page: string, lines: readonly number[]): Claims {
  const wrong: string[] = []
  const waiting = new Set(lines)
  const look = (line: number, found: string, text: string, good: boolean): void => {
    waiting.delete(line)
    if (!good) wrong.push(`${page}:${line} says ${text}\n  but it is ${found}`)
  }
  return {
    value(line, value, text) {
      const found = printed(value)
      look(line, found, text, agrees(found, text))
    },
    async error(line, work, text) {
      const found = await work().then(
        (value) => `no error, it gives ${printed(value)}`,
        (error: unknown) =>
          error instanceof Error ? `${error.name}: ${error.message}` : printed(error),
      )
      look(line, found, `throws ${text}`, errorAgrees(found, text))
    },
    settle() {
      const unreached = [...waiting].map((line) => `${page}:${line} is never reached`)
      const failures = [...wrong, ...unreached]
      if (failures.length > 0) throw new Error(failures.join('\n'))
    },
  }
}

/** What console.log would print. */
function printed(value: unknown): string {
  const options = { depth: Infinity, breakLength: Infinity, compact: true } as const
  const text = inspect(value, { ...options, maxArrayLength: null, maxStringLength: null })
  return stripVTControlCharacters(text).replaceAll('[Object: null prototype] ', '')
}

/** White space outside of strings does not count, and `…` stands for anything. */
export function agrees(found: string, text: string): boolean {
  return pattern(compact(text)).test(compact(found))
}

/** The name, and how the message begins. Runs of white space count as one space. */
function errorAgrees(found: string, text: string): boolean {
  return pattern(`${spaced(text)}…`).test(spaced(found))
}

function pattern(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

const STRING = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/

function compact(text: string): string {
  return text
    .split(STRING)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\s+/g, '').replace(/,([\]}])/g, '$1'),
    )
    .join('')
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
