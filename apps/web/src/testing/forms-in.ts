/** A form of a page, as a browser would send it untouched. */
export interface FormInPage {
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** The forms of a page that are sent with POST, with the rows that a script would add. */
export function formsIn(html: string, address: string): readonly FormInPage[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(
    ([, head = '', body = '']) => {
      if (attribute(head, 'method')?.toLowerCase() !== 'post') return []
      const fields = [inputs(body), texts(body), choices(body)].flat()
      const named = fields.map(
        ([name, value]) => [name.replace('__index__', '1000'), value] as const,
      )
      return [{ action: attribute(head, 'action') ?? address, fields: named }]
    },
  )
}

type Field = readonly [name: string, value: string]

function inputs(html: string): readonly Field[] {
  return [...html.matchAll(/<input[^>]*>/g)].flatMap(([tag]) => {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text']
    if (name === undefined || type === 'file') return []
    if (['checkbox', 'radio'].includes(type) && !/\schecked/.test(tag)) return []
    return [[name, attribute(tag, 'value') ?? '']]
  })
}

function texts(html: string): readonly Field[] {
  return [...html.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)].flatMap(
    ([, tag = '', text = '']) => {
      const name = attribute(tag, 'name')
      return name === undefined ? [] : [[name, unescaped(text)]]
    },
  )
}

function choices(html: string): readonly Field[] {
  return [...html.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)].flatMap(
    ([, tag = '', options = '']) => {
      const name = attribute(tag, 'name')
      const [chosen = ''] =
        /<option[^>]*\sselected[^>]*>/.exec(options) ?? /<option[^>]*>/.exec(options) ?? []
      return name === undefined ? [] : [[name, attribute(chosen, 'value') ?? '']]
    },
  )
}

function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? []
  return value === undefined ? undefined : unescaped(value)
}

const SIGNS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}

function unescaped(html: string): string {
  return html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (sign, name: string) => SIGNS[name] ?? sign)
}
