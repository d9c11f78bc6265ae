import { type Node } from './node.ts'
import { parseDate, parseWebUrl } from '../values.ts'

/** Something the feed says that was left out or mended, in a full sentence. */
export interface FeedWarning {
  readonly line: number
  readonly message: string
}

const MOST_WARNINGS = 200

/** What reading one feed needs at hand: the address to resolve against, and where warnings go. */
export class Reading {
  readonly warnings: FeedWarning[] = []
  readonly base: string | null
  #unlisted = 0

  constructor(base: string | null) {
    this.base = base
  }

  warn(line: number, message: string): void {
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push({ line, message })
    else this.#unlisted += 1
  }

  /** The warnings, ending with how many more there were. */
  allWarnings(): FeedWarning[] {
    if (this.#unlisted === 0) return this.warnings
    return [...this.warnings, { line: 0, message: `and ${this.#unlisted} more warnings` }]
  }

  url(node: Node, text: string | null): string | null {
    if (text === null || text.trim() === '') return null
    const url = parseWebUrl(text, this.base)
    if (url === null) this.warn(node.line, `${said(node, text)} is not a web address; left out`)
    return url
  }

  date(node: Node, text: string | null): Date | null {
    if (text === null || text.trim() === '') return null
    const date = parseDate(text)
    if (date === null) this.warn(node.line, `${said(node, text)} is not a date; left out`)
    return date
  }

  /** `parse`d text; a warning where there is text that it cannot make sense of. */
  value<T>(
    node: Node,
    text: string | null,
    parse: (text: string) => T | null,
    what: string,
  ): T | null {
    if (text === null || text.trim() === '') return null
    const value = parse(text)
    if (value === null) this.warn(node.line, `${said(node, text)} is not ${what}; left out`)
    return value
  }
}

function said(node: Node, text: string): string {
  const shown = text.trim().slice(0, 60)
  return `<${node.name}> ${JSON.stringify(shown)}`
}
