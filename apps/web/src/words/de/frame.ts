import { type Words } from '../words.ts'

export const frame: Words['frame'] = {
  skip: 'Zum Inhalt',
  site: 'Website',
  podcasts: 'Podcasts',
  posts: 'Beiträge',
  news: 'Neues',
  about: 'Über uns',
  onAir: 'Auf Sendung',
  signIn: 'Anmelden',
  elsewhere: 'Anderswo',
  requestEpisode: 'Eine Folge wünschen',
  forGuests: 'Für Gäste',
  imprint: 'Impressum',
  privacy: 'Datenschutz',
  terms: 'Nutzungsbedingungen',
  podcastsFrom: (network) => `Podcasts von ${network}.`,
}
