import { type MemberfulMember } from '@showrunner/memberful'
import { joined, type Known, NEVER } from './known.ts'
import { sighting, type Told } from './told.ts'

/**
 * What is known of a member once this event is known as well. Memberful's events have no time and no number, and come in any
 * order: so what is known is a set of what was seen, and an event adds to it. `standing` says what follows.
 */
export function applyEvent(known: Known, { known: told }: Pick<Told, 'known'>): Known {
  return joined(known, told)
}

/** What is known of a member whom Memberful was asked about: this, and nothing that was heard before. */
export function knownFrom({ email, unrestrictedAccess, subscriptions }: MemberfulMember): Known {
  const each = subscriptions.map(({ id, active, createdAt, expiresAt, autorenew, plan }) => {
    const period = expiresAt?.toISOString() ?? NEVER
    const known = {
      createdAt: createdAt?.toISOString() ?? null,
      deleted: false,
      periods: sighting(period),
      ended: active ? [] : [period],
      resumed: [],
      over: [],
      terms: { [period]: { plans: sighting(plan?.id), autorenew: sighting(autorenew) } },
      planNames: plan ? { [plan.id]: plan.name } : {},
    }
    return [String(id), known] as const
  })
  return {
    deleted: false,
    emails: sighting(email.trim().toLowerCase()),
    unrestricted: sighting(unrestrictedAccess ?? false),
    subscriptions: Object.fromEntries(each),
  }
}
