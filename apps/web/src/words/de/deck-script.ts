import { type Words } from '../words.ts'

export const deckScript: Words['deckScript'] = {
  minutes: (minutes) => `${minutes} Min.`,
  minutesLeft: (minutes) =>
    minutes === 1 ? 'Weniger als eine Minute bleibt.' : `Es bleiben ${minutes} Minuten.`,
  asleep: 'an',
  sleepSet: 'Der Einschlaftimer ist gestellt.',
  sleepOff: 'Der Einschlaftimer ist aus.',
  queued: (title) => `Auf der Warteliste: ${title}`,
  removed: (title) => `Nicht mehr auf der Warteliste: ${title}`,
  moved: (title, at, of) => `${title}: ${at} von ${of}`,
  heardNow: (title) => `Das hörst du gerade: ${title}`,
  queueFull: 'Die Warteliste ist voll.',
  unreachable: 'Diese Folge war nicht zu erreichen. Bitte versuch es noch einmal.',
  linkCopied: 'Die Adresse dieser Stelle ist kopiert.',
  notCopied: 'Dieser Browser lässt die Adresse nicht kopieren.',
}
