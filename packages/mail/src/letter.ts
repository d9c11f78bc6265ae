/**
 * A paragraph; a button with its address; small print, or a link in it; a heading, which may lead somewhere; a picture;
 * or something written elsewhere, as HTML that whoever hands it in has made safe, and as text.
 */
export type LetterPart =
  | string
  | { readonly button: string; readonly url: string }
  | { readonly small: string }
  | { readonly link: string; readonly url: string }
  | { readonly heading: string; readonly url: string }
  | { readonly picture: string; readonly alt: string }
  | { readonly html: string; readonly text: string }

export interface Letter {
  /** Who writes. */
  readonly from: string
  readonly title: string
  readonly parts: readonly LetterPart[]
  /** What it is written in, `de` or `de-AT`. */
  readonly language: string
}

const OR_COPY: Readonly<Record<string, string>> = {
  en: 'Or copy this address:',
  de: 'Oder kopiere diese Adresse:',
}

/** A letter as plain text and as HTML that mail programs show alike. Everything in it but HTML is text: nothing needs escaping. */
export function letter({ from, title, parts, language }: Letter): {
  readonly text: string
  readonly html: string
} {
  return {
    text: `${[title, ...parts.map(asText)].join('\n\n')}\n\n-- \n${from}\n`,
    html: page({ from, title, language }, parts.map((part) => asHtml(part, language)).join('\n')),
  }
}

function asText(part: LetterPart): string {
  if (typeof part === 'string') return part
  if ('small' in part) return part.small
  if ('picture' in part) return `[${part.alt}]`
  if ('html' in part) return part.text
  if ('heading' in part) return `# ${part.heading}\n${part.url}`
  return `${'link' in part ? part.link : part.button}:\n${part.url}`
}

function asHtml(part: LetterPart, language: string): string {
  if (typeof part === 'string') return `<p dir="auto">${escape(part)}</p>`
  if ('small' in part) return `<p class="small" dir="auto">${escape(part.small)}</p>`

  if ('html' in part) return `<div dir="auto">${part.html}</div>`
  if ('picture' in part)
    return `<p><img src="${escape(part.picture)}" alt="${escape(part.alt)}"></p>`

  const url = escape(part.url)
  if ('heading' in part) return `<h2 dir="auto"><a href="${url}">${escape(part.heading)}</a></h2>`
  if ('link' in part) return `<p class="small"><a href="${url}">${escape(part.link)}</a></p>`
  return `<p><a class="button" href="${url}">${escape(part.button)}</a></p>
<p class="small">${OR_COPY[language.slice(0, 2)] ?? OR_COPY['en']} <span class="address" dir="ltr">${url}</span></p>`
}

const STYLE = `
body { margin: 0; padding: 32px 16px; background: #fbfaf7; color: #1c1917; font: 17px/1.55 Georgia, serif; }
main { max-width: 34em; margin: 0 auto; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 20px; font-weight: 600; }
h2 { font-size: 20px; line-height: 1.3; margin: 32px 0 8px; font-weight: 600; }
h2 a, div a { color: inherit; }
img { max-width: 100%; height: auto; }
p { margin: 0 0 18px; }
.from { font: 600 14px/1.4 system-ui, sans-serif; margin: 0 0 32px; }
.button { display: inline-block; padding: 12px 20px; background: #1c1917; color: #fbfaf7; text-decoration: none;
  font: 600 16px/1.25 system-ui, sans-serif; }
.small { color: #57534e; font: 14px/1.5 system-ui, sans-serif; }
.small a { color: inherit; }
.address { word-break: break-all; }
@media (prefers-color-scheme: dark) {
  body { background: #161310; color: #f2eee6; } .button { background: #f2eee6; color: #161310; } .small { color: #b5ada1; }
}`

function page({ from, title, language }: Omit<Letter, 'parts'>, body: string): string {
  return `<!doctype html>
<html lang="${escape(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escape(title)}</title><style>${STYLE}
</style></head>
<body><main>
<p class="from" dir="auto">${escape(from)}</p>
<h1 dir="auto">${escape(title)}</h1>
${body}
</main></body>
</html>
`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
}
