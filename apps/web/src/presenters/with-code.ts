import { escapeHtml, safeHtml, type SafeHtml } from '../safe-html.ts'

/** A text of ours in which code stands between backticks. */
export function withCode(text: string): SafeHtml {
  const pieces = text.split('`').map((piece, at) => {
    return at % 2 === 1 ? `<code>${escapeHtml(piece)}</code>` : escapeHtml(piece)
  })
  return safeHtml(pieces.join(''))
}
