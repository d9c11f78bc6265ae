/** Which of two the page speaks: its `lang` is set once, by the server. */
export function inPageLanguage<Texts>({ en, de }: { en: Texts; de: Texts }): Texts {
  return document.documentElement.lang.toLowerCase().startsWith('de') ? de : en
}
