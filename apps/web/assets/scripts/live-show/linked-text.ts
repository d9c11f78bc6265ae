import { pieces } from './pieces.ts'

export function linked(text: string): readonly (Text | HTMLAnchorElement)[] {
  return pieces(text).map(({ text: words, href }) => {
    if (href === undefined) return new Text(words)
    const link = document.createElement('a')
    link.className = 'link'
    link.href = href
    link.rel = 'nofollow noopener noreferrer ugc'
    link.target = '_blank'
    link.textContent = words
    return link
  })
}
