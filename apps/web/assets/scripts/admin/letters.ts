/** Letters as a reader counts them: an accent or a family of emoji is none of its own. */
export function lettersIn(text: string, most: number): string {
  const letters = [...new Intl.Segmenter('en').segment(text.trim())].length
  if (letters === 0) return ''
  const many = letters === 1 ? '1 letter' : `${letters} letters`
  return letters > most ? `${many}: apps cut it after about ${most}` : many
}
