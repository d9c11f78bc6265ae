declare const safe: unique symbol

/** Markup that may be written into a page as it is: rendered and sanitised by us, never typed by a visitor. */
export type SafeHtml = string & { readonly [safe]: true }

/**
 * Vouches for markup. Call it only where the markup was made: on a column the domain sanitised when it was
 * saved, or on text built from escaped parts.
 */
export function safeHtml(markup: string): SafeHtml {
  // The brand exists for the compiler alone; this is the one place that grants it.
  return markup as SafeHtml
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value)

  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign) : text
}
