import { type Words } from '../words.ts'

export const home: Words['home'] = {
  runningOrder: 'Der Sendeplan',
  shows: 'Die Podcasts',
}
