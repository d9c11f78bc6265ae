import { createHmac, randomBytes } from 'node:crypto'
import { from, type Repo, sql } from '@showrunner/data'
import { DownloadPiece } from './download-piece.ts'
import { DownloadSalt } from './download-salt.ts'
import { networkOf } from './network-of.ts'
import { type SentPiece } from './sent-piece.ts'

export const DAY_MS = 24 * 60 * 60_000
const PIECES_KEPT_MS = 25 * 60 * 60_000

/** In UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function dayBefore(date: Date): string {
  return dayOf(new Date(date.getTime() - DAY_MS))
}

/** Who somebody is today, and who they are if they began yesterday; null where nobody began then. */
export interface Listener {
  readonly today: string
  readonly yesterday: string | null
}

/** Names listeners by hashes. What a day's are made with is the same on every node, and goes with the next day. */
export async function namingListeners(
  repo: Repo,
  dates: readonly Date[],
): Promise<(piece: SentPiece) => Listener> {
  const days = [...new Set(dates.map(dayOf))].toSorted()
  for (const day of days) {
    const salt = randomBytes(32).toString('base64url')
    await repo.run(
      sql`insert into download_salts (day, salt) values (${day}, ${salt}) on conflict do nothing`,
    )
  }
  const wanted = [...new Set([...days, ...dates.map(dayBefore)])]
  const rows = await repo.all(from(DownloadSalt).where('day', 'in', wanted))
  const salts = new Map(rows.map(({ day, salt }) => [day, salt]))

  return (piece) => ({
    today: hash(piece, salts.get(dayOf(piece.at))) ?? '',
    yesterday: hash(piece, salts.get(dayBefore(piece.at))),
  })
}

function hash({ ip, userAgent }: SentPiece, salt: string | undefined): string | null {
  if (salt === undefined) return null
  return createHmac('sha256', salt)
    .update(`${networkOf(ip)}\n${userAgent}`)
    .digest('base64url')
}

/** Pieces go after 25 hours, and salts when the day after theirs is over. */
export async function forgetListeners(repo: Repo, asOf: Date): Promise<void> {
  const oldest = new Date(asOf.getTime() - PIECES_KEPT_MS)
  await repo.deleteAll(from(DownloadPiece).where('beganAt', '<=', oldest))
  await repo.deleteAll(from(DownloadSalt).where('day', '<', dayBefore(asOf)))
}
