import { renderTalk } from '../markup/index.ts'

/** What is shown of a comment: Markdown without HTML, pictures and headings. */
export function renderComment(body: string): string | null {
  return renderTalk(body)
}
