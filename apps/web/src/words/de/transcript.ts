import { type Words } from '../words.ts'

export const transcript: Words['transcript'] = {
  of: (title) => `${title}: Transkript`,
  tools: 'Mitlesen',
  search: 'Im Transkript suchen',
  found: (at, all) => `${at} von ${all}`,
  notFound: 'Nicht gefunden',
  before: 'Die Stelle davor',
  after: 'Die nächste Stelle',
  follow: 'Mitlaufen',
  backToLine: 'Zurück zur aktuellen Stelle',
  copyLink: 'Link hierher kopieren',
  copied: 'Der Link ist kopiert',
  failed: 'Es war nicht zu bekommen.',
}
