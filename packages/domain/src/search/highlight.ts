import { type Repo, sql } from '@showrunner/data'
import { MARK_BEGINS, MARK_ENDS, type Place, placesOf } from './marked.ts'
import { type Queries } from './queries.ts'

export interface Text {
  readonly dictionary: string
  readonly text: string
}

const OPTIONS = `HighlightAll=true, StartSel=${MARK_BEGINS}, StopSel=${MARK_ENDS}`

/** Where in each of these texts something stands that is looked for, all of them by one statement. */
export async function highlight(
  repo: Repo,
  { dictionaries, loose }: Queries,
  texts: readonly Text[],
): Promise<readonly (readonly Place[])[]> {
  if (texts.length === 0) return []
  const rows = await repo.run(
    sql<{ highlighted: string }>`
      select ts_headline(('search.' || asked.dictionary)::regconfig, search.plain(t.body), asked.query::tsquery, ${OPTIONS}) as highlighted
      from unnest(${texts.map(({ text }) => shownAs(text))}::text[], ${texts.map(({ dictionary }) => dictionary)}::text[])
        with ordinality t(body, dictionary, place)
      join unnest(${[...dictionaries]}::text[], ${[...loose]}::text[]) asked(dictionary, query) on asked.dictionary = t.dictionary
      order by t.place`,
  )
  if (rows.length !== texts.length) throw new Error('a text is of a dictionary that was not asked')
  return rows.map(({ highlighted }) => placesOf(highlighted))
}

/** As long as the text itself, and without what would be taken for a mark. */
function shownAs(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\uE000\uE001]/gu, ' ')
}
