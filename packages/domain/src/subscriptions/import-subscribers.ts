import { from, type Repo } from '@showrunner/data'
import { canBeMailed, peopleOfAddresses } from '../accounts/index.ts'
import { type Doer, record, recordCreated } from '../activity/index.ts'
import { EMAIL } from '../formats/index.ts'
import { Person } from '../people/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type CsvLine, readCsv } from './csv.ts'
import { to } from './scopes.ts'
import { Subscription } from './subscription.ts'

/** So many lines at once: each may make a member. */
export const LARGEST_IMPORT = 2000

/** As the protocol of mails has it. */
const LONGEST_EMAIL = 254

/** What is wrong with a line of the file: it is left out. */
export interface CsvProblem {
  readonly line: number
  readonly words: string
}

interface Subscriber {
  readonly email: string
  readonly name: string
  /** Since when they have been subscribed elsewhere. */
  readonly since: Date | null
}

/** What would become of a file. */
export interface CsvReport {
  /** Who would be subscribed. */
  readonly added: readonly Subscriber[]
  /** How many of those are nobody here yet. */
  readonly newMembers: number
  readonly already: number
  /** Who has ended it here: no file subscribes them again. */
  readonly ended: number
  readonly problems: readonly CsvProblem[]
}

/** Looks at a file of names, addresses and days, and stores nothing. */
export async function previewSubscribers(
  repo: Repo,
  podcast: Podcast | null,
  text: string,
  asOf: Date,
): Promise<CsvReport> {
  const { subscribers, problems } = subscribersIn(text, asOf)
  const emails = subscribers.map(({ email }) => email)
  const people = await repo.all(from(Person).where('email', 'in', emails).select('id', 'email'))
  const theirs = await repo.all(
    to(podcast?.id ?? null)
      .where('episodeId', 'is', null)
      .where(
        'personId',
        'in',
        people.map(({ id }) => id),
      ),
  )
  const byPerson = new Map(theirs.map((one) => [one.personId, one]))
  const idOf = new Map(people.map(({ id, email }) => [email, id]))
  const known = ({ email }: Subscriber) => byPerson.get(idOf.get(email) ?? 0)
  const added = subscribers.filter((one) => !known(one))
  const ended = subscribers.filter((one) => Boolean(known(one)?.unsubscribedAt)).length
  return {
    added,
    newMembers: added.filter(({ email }) => !idOf.has(email)).length,
    already: subscribers.length - added.length - ended,
    ended,
    problems,
  }
}

/** Subscribes whom a file names, as whoever imports it states they want it. Nobody is mailed about that. */
export async function importSubscribers(
  repo: Repo,
  by: Doer,
  { podcast, text, said }: { podcast: Podcast | null; text: string; said: string },
  asOf: Date,
): Promise<CsvReport> {
  return repo.transaction(async () => {
    const report = await previewSubscribers(repo, podcast, text, asOf)
    const { people, added } = await peopleOfAddresses(repo.unscoped(), report.added)
    await recordCreated(repo, by, { schema: Person, rows: added, at: asOf })
    const sinceOf = new Map(report.added.map(({ email, since }) => [email, since]))
    const subscriptions = people.map(({ id: personId, email }) => ({
      podcastId: podcast?.id ?? null,
      episodeId: null,
      personId,
      context: 'list' as const,
      said,
      confirmedAt: sinceOf.get(email ?? '') ?? asOf,
    }))
    // Who subscribed, or ended it, in the same moment said so themselves.
    await repo.insertAll(Subscription, subscriptions, { onConflict: 'nothing', returning: false })
    await record(repo, by, {
      action: 'subscribers imported',
      subject: podcast
        ? { type: 'podcast', id: podcast.id, title: podcast.title, podcastId: podcast.id }
        : { type: 'newsletter', id: null, title: 'The newsletter' },
      changes: { fields: { subscribers: { before: null, after: report.added.length } }, rows: [] },
      at: asOf,
    })
    return report
  })
}

interface Columns {
  readonly email: number
  readonly name: number
  readonly since: number
}

function subscribersIn(text: string, asOf: Date) {
  const [first, ...rest] = readCsv(text)
  const titles = first?.cells.some((cell) => cell.includes('@')) ? undefined : first
  const lines = titles ? rest : first ? [first, ...rest] : []
  const columns = columnsOf(titles ?? first)
  const subscribers = new Map<string, Subscriber>()
  const problems: CsvProblem[] = []
  for (const [index, line] of lines.entries()) {
    if (index === LARGEST_IMPORT) {
      problems.push({ line: line.line, words: tooMany(lines.length) })
      break
    }
    const read = subscriberOf(line, columns, asOf)
    if (typeof read === 'string') problems.push({ line: line.line, words: read })
    else if (subscribers.has(read.email))
      problems.push({ line: line.line, words: 'has an address that stands further up' })
    else subscribers.set(read.email, read)
  }
  return { subscribers: [...subscribers.values()], problems }
}

function tooMany(count: number): string {
  const most = LARGEST_IMPORT.toLocaleString('en')
  const left = (count - LARGEST_IMPORT).toLocaleString('en')
  return `is where a second table has to begin, of the ${left} that are left: ${most} are taken at once`
}

/** By the titles of the columns; without any, by what is in them: an address, and what else comes first and second. */
function columnsOf(line: CsvLine | undefined): Columns {
  const cells = line?.cells ?? []
  const at = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell))
  if (!cells.some((cell) => cell.includes('@'))) {
    return {
      email: at(/e-?mail|address/i),
      name: at(/name/i),
      since: at(/date|since|created|joined|confirm/i),
    }
  }
  const email = at(/@/)
  const since = at(/^\d{4}-\d\d-\d\d/)
  const name = cells.findIndex((_cell, index) => index !== email && index !== since)
  return { email, name, since }
}

function subscriberOf(
  { cells, isOpen }: CsvLine,
  columns: Columns,
  asOf: Date,
): Subscriber | string {
  if (isOpen) return 'has a quote that nothing ends, and all after it is part of it'
  const { email, named } = addressIn(cells[columns.email] ?? '')
  if (email === '') return 'has no address'
  if (email.length > LONGEST_EMAIL || !EMAIL.test(email) || !canBeMailed(email))
    return `has no address in “${email.slice(0, 80)}”`
  const said = cells[columns.since] ?? ''
  const since = said === '' ? null : dayOf(said)
  if (since === undefined) return `has no day such as 2026-03-01 in “${said.slice(0, 40)}”`
  if (since && since > asOf) return 'has a day that lies ahead'
  const name = cells[columns.name] ?? ''
  return { email, name: name === '' ? named : name, since }
}

/** `Ada Byron <ada@example.com>` is how mail programs write it. */
function addressIn(cell: string): { readonly email: string; readonly named: string } {
  const at = cell.endsWith('>') ? cell.lastIndexOf('<') : -1
  const email = (at < 0 ? cell : cell.slice(at + 1, -1)).trim().toLowerCase()
  const named = at < 0 ? '' : cell.slice(0, at).replaceAll('"', '').trim()
  return { email, named }
}

function dayOf(text: string): Date | undefined {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  const date = new Date(`${day ?? ''}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day ?? '-')
    ? undefined
    : date
}
