import { type Words } from '../words.ts'

export const api: Words['api'] = {
  title: 'Schnittstelle (API)',
  description: (network) => `Alles, was ${network} veröffentlicht, für andere Programme.`,
  document: 'OpenAPI-Dokument',
  makeToken: 'Token erstellen',
  begin: 'Anfangen',
  beginWith: 'Kein Schlüssel, kein Konto: Frag, und du bekommst eine Antwort.',
  rules: 'Was überall gilt',
  lists: 'Listen',
  listsText:
    'Eine Liste hat 20 Einträge, oder so viele, wie limit sagt, höchstens 100. Sie geht bei next weiter, auch im Link-Header. Ein offset geht auch, kostet jedes Mal zehn Anfragen und sagt das.',
  fields: 'Felder',
  fieldsText:
    'Mit fields enthält eine Antwort nur, was du nennst: title,people.name. Einen Namen, den es nicht gibt, lehnen wir ab und nennen die, die es gibt.',
  kept: 'Was sich nicht geändert hat',
  keptText:
    'Jede Antwort hat ein ETag. Schickst du es in If-None-Match zurück, bekommst du 304 und sonst nichts, bis sich etwas ändert.',
  limits: 'Wie oft',
  limitsText: (most, withToken) =>
    `${most} Anfragen in der Minute für jede Adresse, wie auch immer verteilt; mit einem Token ${withToken} für jedes Token. RateLimit-Remaining sagt, was übrig ist, und Retry-After, wann du wiederkommen kannst.`,
  wrong: 'Was schiefgeht',
  wrongText:
    'Antworten ab 400 sind Problemdokumente (RFC 9457): was falsch ist, wo, und was zu tun ist.',
  contents: 'Operationen',
  parameters: 'Parameter',
  body: 'Inhalt',
  answer: 'Antwort',
  required: 'nötig',
  needs: 'Braucht das Recht',
  needsToken: 'Braucht ein Token',
  example: 'Beispiel',
  statuses: 'Antwortcodes',
  flow: 'Vom Build zur veröffentlichten Folge',
  flowText:
    'Was ein Release-Build tut, Anfrage für Anfrage. TOKEN ist das Token; EPISODE und UPLOAD sind die Nummern, die Antworten nennen.',
  schemas: 'Schemata',
  schemasText: 'Woraus Antworten bestehen.',
  problems: 'Probleme',
  problemsText: 'Worauf der type eines Problems endet.',
}
