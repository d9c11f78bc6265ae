import {
  build,
  cast,
  change,
  check,
  embedded,
  getField,
  put,
  required,
  t,
  validate,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'

/** A transcript as a form sends it. */
export const Pasted = embedded({
  text: t.string(),
  language: t.string().nullable(),
  /** Of the file, where it was one. */
  name: t.string().nullable(),
})
export type Pasted = Row<typeof Pasted>

/** What the form begins with. */
export function editPasted(): Changeset<typeof Pasted> {
  return change(build(Pasted))
}

export function pastedChangeset(params: Params): Changeset<typeof Pasted> {
  return check(
    cast(build(Pasted), params, ['text', 'language', 'name']),
    required('text'),
    languageTag('language'),
  )
}

const LANGUAGE_MESSAGE = 'is no language tag such as en or pt-BR'

/** As BCP 47 writes it: `pt-br` is `pt-BR`. */
function languageTag(field: 'language') {
  return (changeset: Changeset<typeof Pasted>) => {
    const language = getField(changeset, field)
    if (language === null) return changeset
    const tag = languageTagOf(language)
    return tag === undefined
      ? check(
          changeset,
          validate(field, () => LANGUAGE_MESSAGE),
        )
      : put(changeset, field, tag)
  }
}

/** `pt-br` as `pt-BR`; undefined for what is no language. */
export function languageTagOf(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.trim())[0]
  } catch {
    return undefined
  }
}
