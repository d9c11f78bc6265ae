import { type Words } from '../words.ts'

export const live: Words['live'] = {
  fromTheShow: 'Aus der Sendung',
  notesHere: 'Notizen und Links stehen hier, während die Sendung läuft.',
  show: 'Live-Sendung',
  live: 'Live',
  about: (minutes) => `etwa ${minutes} Minuten`,
  since: 'seit',
  nothingPlays: 'Es spielt nichts?',
  openStream: 'Öffne den Stream selbst',
  inPlayer: 'in deinem Player.',
  watchOn: (host) => `Ansehen auf ${host}`,
  noStream: 'Hier gibt es keinen Stream zu hören. Was geschieht, steht darunter.',
  over: 'Die Sendung ist vorbei.',
  episodeHere:
    'Die Folge wird hier sein, unter dieser Adresse, sobald sie gemacht ist. Notizen und Kapitel bleiben.',
  calendar: 'In den Kalender',
  subscribeTo: 'Abonnieren:',
  whoIsHere: 'Wer da ist',
  reactions: 'Reaktionen',
  chat: 'Chat',
  needsScripts:
    'Der Chat braucht JavaScript, und das ist in diesem Browser aus. Alles andere auf dieser Seite geht ohne.',
  messages: 'Nachrichten',
  earlier: 'Frühere',
  newer: 'Neue Nachrichten',
  yourMessage: 'Deine Nachricht',
  saySomething: 'Sag etwas',
  send: 'Senden',
  signIn: 'Zum Schreiben anmelden',
  comingUp: 'Demnächst live',
}
