import { type Words } from '../words.ts'

const REFUSED: Readonly<Record<string, string>> = {
  'Sign in to write here.': 'Melde dich an, um hier zu schreiben.',
  'You may not.': 'Das darfst du nicht.',
  'It is not there.': 'Das ist nicht da.',
  'They have not written here.': 'Wer das ist, hat hier nicht geschrieben.',
  'There is no such show.': 'Diese Sendung gibt es nicht.',
  'The chat is closed.': 'Der Chat ist zu.',
  'You can read along, and may not write here at the moment.':
    'Du kannst mitlesen und darfst hier im Moment nicht schreiben.',
}

export const liveScript: Words['liveScript'] = {
  here: (count) => `${count} hier`,
  andMore: (count) => `und ${count} weitere`,
  newMessages: (count) => `${count} neue Nachrichten.`,
  soon: 'Gleich',
  days: (count) => `${count} ${count === 1 ? 'Tag' : 'Tage'}`,
  hours: (count) => `${count} ${count === 1 ? 'Stunde' : 'Stunden'}`,
  somebody: 'Jemand',
  whatToDo: (name) => `Was mit dem geschehen soll, was ${name} schrieb`,
  delete: 'Löschen',
  muteForAWhile: 'Für 10 Minuten stumm',
  mute: 'Stumm schalten',
  unmute: 'Schreiben lassen',
  slowMode: 'Langsamer Chat',
  off: 'aus',
  clap: 'Klatschen',
  love: 'Herz',
  laugh: 'Lachen',
  wow: 'Oh',
  think: 'Hm',
  lost: 'Die Verbindung ist weg. Sie wird gesucht …',
  noChatHere: 'Der Chat ist nicht da.',
  over: 'Die Sendung ist vorbei und der Chat auch. Er ist noch eine Weile zu lesen.',
  noChat: 'Im Moment gibt es keinen Chat.',
  readAlong: 'Du kannst mitlesen. Schreiben darfst du hier im Moment nicht.',
  slow: (seconds) => `Langsamer Chat: bitte eine Nachricht alle ${seconds} s.`,
  notDone: 'Das ging nicht.',
  noAnswer: 'Es kommt keine Antwort. Versuch es gleich noch einmal.',
  noConnection: 'Im Moment gibt es keine Verbindung.',
  refused: (reason) =>
    REFUSED[reason] ??
    reason.replace(/^Wait (\d+) s before.*$/, 'Warte $1 s, bevor du wieder schreibst.'),
}
