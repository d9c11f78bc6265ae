import { type Repo, sql } from '@showrunner/data'
import { type Attempt } from '@showrunner/jobs'
import { AddressRefusedError, type MailError } from '@showrunner/mail'
import { type Subject } from '../activity/index.ts'
import { type Outcome } from './logged-mail.ts'

const LONGEST_SAID = 500
const LONGEST_TITLE = 255

/** What is noted of a mail, whatever becomes of it. */
export interface Noted {
  readonly kind: string
  readonly to: string
  /** Whose address it is, where that is not who signs in with it. */
  readonly personId: number | undefined
  readonly about: Subject | undefined
  readonly attempt: Attempt | undefined
}

interface Result {
  readonly outcome: Outcome
  readonly said: string | null
}

/** Notes that the mail server took a mail over. */
export async function logAccepted(repo: Repo, noted: Noted): Promise<void> {
  await logResult(repo, noted, { outcome: 'accepted', said: null })
}

/** Notes that it did not, and why. */
export async function logFailure(repo: Repo, noted: Noted, error: MailError): Promise<void> {
  const result = resultOf(error, noted.attempt)
  await logResult(repo, noted, result)
  // Should the job fail with it, its transaction takes the first note back.
  noted.attempt?.ifFailed(() => logResult(repo, noted, result))
}

function resultOf(error: MailError, attempt: Attempt | undefined): Result {
  if (error instanceof AddressRefusedError) return { outcome: 'refused', said: toldOf(error.said) }
  const isOver = attempt === undefined || attempt.isLast
  return { outcome: isOver ? 'given up' : 'retrying', said: toldOf(error.message) }
}

/** Servers repeat what displeases them: anything as long as a token is left out. */
function toldOf(said: string): string {
  return said.replaceAll(/[\w-]{24,}/g, '…').slice(0, LONGEST_SAID)
}

/** One row for a mail: of a further try it says what became of it now. */
async function logResult(
  repo: Repo,
  { kind, to, personId, about, attempt }: Noted,
  { outcome, said }: Result,
): Promise<void> {
  const whose =
    personId === undefined
      ? sql`(select id from people where email = ${to})`
      : sql`(select id from people where id = ${personId})`
  const title = about?.title.slice(0, LONGEST_TITLE) ?? null
  await repo.unscoped().run(
    sql`insert into logged_mails
        (job, kind, to_address, person_id, subject_type, subject_id, subject_title, podcast_id, outcome, said,
         tries)
      values (${attempt?.jobId ?? null}, ${kind}, ${to}, ${whose}, ${about?.type ?? null}, ${about?.id ?? null}, ${title},
        (select id from podcasts where id = ${about?.podcastId ?? null}), ${outcome}, ${said}, ${attempt?.number ?? 1})
      on conflict (job, to_address) do update set kind = excluded.kind, person_id = excluded.person_id,
        subject_type = excluded.subject_type, subject_id = excluded.subject_id, subject_title = excluded.subject_title,
        podcast_id = excluded.podcast_id, outcome = excluded.outcome, said = excluded.said,
        tries = excluded.tries, at = excluded.at`,
  )
}
