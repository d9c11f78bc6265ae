import { type Words } from '../words.ts'

export const lists: Words['lists'] = {
  and: 'und',
  with: (names) => `mit ${names}`,
  range: (from, to, total) => `${from} bis ${to} von ${total}`,
  page: (title, page) => `${title}, Seite ${page}`,
  pages: 'Seiten',
}
