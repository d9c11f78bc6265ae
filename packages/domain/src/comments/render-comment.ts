import { from, type Repo } from '@showrunner/data'
import { renderTalk } from '../markup/index.ts'
import { Person } from '../people/index.ts'

const MOST_MENTIONS = 20

/** Not within a word or an address: `ada@example.com` mentions nobody. */
const MENTION = /(?<![\w@/.])@([a-z0-9][a-z0-9_-]{0,89})/gi

/** Who is named in a text, by their handles, as far as there is anybody of that name. */
export async function mentionedIn(repo: Repo, body: string): Promise<readonly Person[]> {
  const handles = new Set(
    [...body.matchAll(MENTION)].flatMap(([, handle]) => withoutEnd(handle ?? '').toLowerCase()),
  )
  const wanted = [...handles].slice(0, MOST_MENTIONS)
  return wanted.length === 0 ? [] : repo.all(from(Person).where('handle', 'in', wanted))
}

/** What is shown of a comment: Markdown without HTML, pictures and headings. */
export function renderComment(body: string): string | null {
  return renderTalk(body)
}

/** What ends a sentence is no part of a name: `@ada-` and `@ada_`. */
function withoutEnd(handle: string): string {
  return handle.replace(/[-_]+$/, '')
}
