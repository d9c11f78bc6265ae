import { type Changeset, errorMessages } from '@showrunner/data'
import { type NewsItem } from '@showrunner/domain/news'
import { addresses } from '../addresses.ts'
import { noticePage, type NoticePage } from './notice-page.ts'
import { type Site } from './frame.ts'

export interface SubmitNewsPage extends NoticePage {
  readonly fields: readonly SubmitField[]
  readonly as: string
}

/** As the view of a field takes it. */
interface SubmitField {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly value: string
  readonly error: string | null
  readonly type: string
  readonly lines: number
  readonly maxLength: number
  readonly required: boolean
  readonly autocomplete: string | null
}

export function submitNewsPage(
  site: Site,
  { changeset, name }: { readonly changeset: Changeset<typeof NewsItem>; readonly name: string },
): SubmitNewsPage {
  const { news } = site.words
  const messages = errorMessages(changeset)
  const field = (
    key: 'url' | 'headline' | 'remark',
    label: string,
    rest: Partial<SubmitField> = {},
  ): SubmitField => {
    const typed: unknown = changeset.params?.[key]
    const [error] = messages[key] ?? []
    return {
      name: key,
      label,
      help: null,
      value: typeof typed === 'string' ? typed : '',
      error: error === undefined ? null : news.wrong(label, error),
      type: 'text',
      lines: 1,
      maxLength: 255,
      required: true,
      autocomplete: null,
      ...rest,
    }
  }
  return {
    ...noticePage(site, news.submit, addresses.submitNews),
    as: name,
    fields: [
      field('url', news.address, { type: 'url', maxLength: 2000, autocomplete: 'url' }),
      field('headline', news.headline, { help: news.headlineHelp }),
      field('remark', news.why, { lines: 4, maxLength: 2000, required: false }),
    ],
  }
}
