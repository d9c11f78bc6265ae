import { from, type Repo, type Row, schema, t, timestamps } from '@showrunner/data'
import { MAILED_FOR, type MailedFor } from './comment-mail.ts'

/** A kind of mails that somebody does not want, of any discussion. What is not here is wanted. */
export const UnwantedCommentMail = schema('unwanted_comment_mails', {
  id: t.id(),
  personId: t.reference(),
  why: t.enum(MAILED_FOR),
  ...timestamps(),
})
export type UnwantedCommentMail = Row<typeof UnwantedCommentMail>

export async function listUnwanted(repo: Repo, personId: number): Promise<ReadonlySet<MailedFor>> {
  return (await unwantedAmong(repo, [personId])).get(personId) ?? new Set()
}

/** What each of these does not want, of whom there is anything. */
export async function unwantedAmong(
  repo: Repo,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<MailedFor>>> {
  const rows = await repo.all(from(UnwantedCommentMail).where('personId', 'in', ids))
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return new Map([...byPerson].map(([id, theirs]) => [id, new Set(theirs.map(({ why }) => why))]))
}

/** Switches kinds of mails on or off, and no other. */
export async function setWanted(
  repo: Repo,
  personId: number,
  kinds: readonly MailedFor[],
  isWanted: boolean,
): Promise<void> {
  if (isWanted)
    await repo.deleteAll(from(UnwantedCommentMail).where({ personId }).where('why', 'in', kinds))
  else
    await repo.insertAll(
      UnwantedCommentMail,
      kinds.map((why) => ({ personId, why })),
      { onConflict: 'nothing', returning: false },
    )
}
