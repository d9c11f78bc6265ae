import { type Words } from '../words.ts'

export const about: Words['about'] = {
  publishedBy: 'Herausgegeben von',
  write: 'Schreib uns',
  hear: 'Wen du hörst',
}
