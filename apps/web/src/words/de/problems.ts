import { type Words } from '../words.ts'

export const problems: Words['problems'] = {
  notFoundTitle: 'Nicht gefunden',
  nothing: 'Unter dieser Adresse ist nichts',
  goneTitle: 'Nicht mehr da',
  gone: 'Was unter dieser Adresse war, gibt es nicht mehr',
  wasTakenDown: 'wurde vom Netz genommen.',
  meant: 'Vielleicht meintest du',
  searchFor: 'Danach suchen',
  mayHave: 'wurde vielleicht verlegt, entfernt oder vertippt.',
  listed: 'Alles, was wir veröffentlichen, steht unter',
  newest: ', und das Neueste davon auf der',
  front: 'Startseite',
  notYours: 'Das darfst du nicht tun',
  onlyStaff: 'Das darf nur, wer hier arbeitet, und du bist nicht angemeldet.',
  notYourWork:
    'Du bist angemeldet, aber das ist die Arbeit von jemand anderem. Nichts wurde geändert.',
  askForRole:
    'Wenn es deine ist, bitte, wer das Netzwerk verwaltet, um die Rolle, die man dafür braucht.',
  tooOftenTitle: 'Das war zu oft',
  tooOften: (wait) =>
    `Du oder jemand in deiner Nähe hat das öfter getan, als wir irgendwen lassen. Bitte versuch es in ${wait} noch einmal.`,
  linkWorks: 'Ein Link zum Anmelden, der schon gemailt wurde, gilt noch.',
  toFront: 'Zur Startseite',
  request: 'Anfrage',
  didNotWork: 'Das ging nicht',
  resting: 'Wir sind gleich wieder da',
  comesBack:
    'An der Seite wird gerade gearbeitet. Bitte versuch es in einer Minute noch einmal; nichts ist verloren.',
  broke: 'Bei uns ging etwas kaputt',
  written: 'Es wurde vermerkt, mit der Nummer unten. Bitte versuch es gleich noch einmal.',
}
