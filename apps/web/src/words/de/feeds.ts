import { type Words } from '../words.ts'

export const feeds: Words['feeds'] = {
  title: 'Feeds zum Abonnieren',
  about: (network) =>
    `Die Adressen von allem, was ${network} veröffentlicht. Kopiere eine in deine Podcast-App oder deinen Feedreader, und du bekommst, was neu ist.`,
  network: 'Das ganze Netzwerk',
  everyShow: 'Alle Sendungen in einem Feed.',
  asJson: (title) => `${title} als JSON Feed`,
  more: 'Weitere Feeds',
  everyone:
    'Auch jeder Mensch und jedes Thema hat einen Feed: Hänge „/feed“ an die Adresse der Seite.',
  opml: 'Alle Sendungen in einer Datei (OPML)',
  privateFeeds: 'Private Feeds für Mitglieder',
}
