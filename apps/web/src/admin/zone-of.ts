import { type Account } from '@showrunner/domain/accounts'

/** The zone by whose clock somebody enters times. */
export function zoneOf({ person }: Account): string {
  return person.timeZone ?? 'UTC'
}
