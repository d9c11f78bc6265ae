import { type Words } from '../words.ts'

export const parts: Words['parts'] = {
  noPodcast: 'Hier gibt es noch keinen Podcast',
  bringOne:
    'Hol einen herein, mit allem, was sein Feed sagt: Folgen, Menschen, Kapitel und Bilder. Ruf im Ordner dieser Website auf:',
  loadAgain:
    'und lade diese Seite neu. Eine Datei geht so gut wie eine Adresse, und ein zweites Mal bringt es, was neu ist, und verdoppelt nichts.',
  listen: 'Anhören',
  masquerade: 'In fremdem Namen',
  actAs: 'Du handelst als',
  noted: '. Was du tust, wird mit deinem Namen vermerkt,',
  stop: 'Aufhören',
  admin: 'Admin',
}
