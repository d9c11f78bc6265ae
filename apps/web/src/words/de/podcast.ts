import { type Words } from '../words.ts'

export const podcast: Words['podcast'] = {
  all: 'Alle Podcasts',
  soon: 'Demnächst',
  complete: 'Abgeschlossen',
  over: 'Erscheint nicht mehr',
  episodes: (count) => (count === 1 ? '1 Folge' : `${count.toLocaleString('de')} Folgen`),
  from: (count, network) => `${count === 1 ? '1 Podcast' : `${count} Podcasts`} von ${network}.`,
  website: 'Website',
  support: 'Den Podcast unterstützen',
  undated: 'Ohne Datum',
  subscribe: 'Abonnieren',
  feed: 'Feed',
  open: 'Öffnen',
  copy: 'Kopieren',
  onItsWay: 'Die erste Folge ist unterwegs. Folge dem Feed, und sie findet dich.',
  none: 'Es ist noch keine Folge erschienen.',
  newer: 'Neuere Folgen',
  older: 'Ältere Folgen',
}
