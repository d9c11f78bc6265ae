import { type Words } from '../words.ts'

export const browser: Words['browser'] = {
  copied: 'Kopiert',
}
