/** Attributes in the order they are written; null, undefined and false ones are left out. */
type Attributes = Readonly<Record<string, string | number | true | null | undefined | false>>

/** Markup that is ready to be written, or nothing. */
export type Markup = string | null | undefined | false

/** An element with text inside: `<name a="b">text</name>`, on one line as long as the text is. */
export function el(name: string, attributes: Attributes, text?: string | number): string {
  const start = `<${name}${attributesOf(attributes)}`
  const inside = text === undefined ? '' : escapeText(String(text).trim())
  return inside === '' ? `${start}/>` : `${start}>${inside}</${name}>`
}

/** An element for one value; nothing where the value is null or blank. */
export function field(name: string, value: string | number | null | undefined): Markup {
  return value == null || String(value).trim() === '' ? null : el(name, {}, value)
}

/** An element with elements inside, one a line. */
export function parent(name: string, attributes: Attributes, children: readonly Markup[]): string {
  const inside = lines(children)
  const start = `<${name}${attributesOf(attributes)}`
  return inside === '' ? `${start}/>` : `${start}>\n${inside}\n</${name}>`
}

export function lines(children: readonly Markup[]): string {
  return children.filter((child) => child != null && child !== false && child !== '').join('\n')
}

/** An element whose text is HTML, in CDATA, where apps expect it unescaped. */
export function htmlEl(name: string, html: string | null | undefined): Markup {
  const text = clean(html ?? '').trim()
  return text === ''
    ? null
    : `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
}

function attributesOf(attributes: Attributes): string {
  let text = ''
  for (const name in attributes) {
    const value = attributes[name]
    if (value == null || value === false) continue
    text += ` ${name}="${escapeAttribute(String(value))}"`
  }
  return text
}

// What XML 1.0 §2.2 allows, said negatively. The first also stops at surrogates, good or not, and is the faster one.
const SUSPECT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Without what XML 1.0 forbids (control characters, U+FFFE, U+FFFF, halves of surrogate pairs), lines ending as in XML. */
export function clean(text: string): string {
  const allowed = SUSPECT.test(text) ? text.replace(FORBIDDEN, '') : text
  return allowed.includes('\r') ? allowed.replace(/\r\n?/g, '\n') : allowed
}

function escapeText(text: string): string {
  const cleaned = clean(text)
  if (!/[&<>]/.test(cleaned)) return cleaned
  return cleaned.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Line ends and tabs too: an XML parser turns bare ones in an attribute into spaces. */
function escapeAttribute(value: string): string {
  const escaped = escapeText(value)
  if (!/["\n\t]/.test(escaped)) return escaped
  return escaped.replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
