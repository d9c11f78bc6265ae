/** In which language dates are said: days stand before months, as the server writes them. */
export function dateLanguage(): string {
  const { lang } = document.documentElement
  return lang === 'en' ? 'en-GB' : lang
}
