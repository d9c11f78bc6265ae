import { type Words } from '../words.ts'

export const post: Words['post'] = {
  all: 'Alle Beiträge',
  none: 'Hier wurde noch nichts geschrieben.',
  newer: 'Neuere Beiträge',
  older: 'Ältere Beiträge',
  newestFirst: (network) => `Was ${network} schreibt, das Neueste zuerst.`,
  about: 'Über diesen Beitrag',
  others: 'Andere Beiträge',
  firstAt: 'Zuerst bei',
  preview: 'Eine Vorschau: Nur wer daran arbeitet, sieht sie hier.',
}
