import { type Replica } from './replica.ts'

/** How much is known of each replica, without a gap. A replica not listed has been seen zero times. */
export type Clock = ReadonlyMap<Replica, number>

export function dominates(left: Clock, right: Clock): boolean {
  return [...right].every(([replica, seen]) => (left.get(replica) ?? 0) >= seen)
}

/** What a clock says of these replicas. */
export function restricted(clock: Clock, replicas: (replica: Replica) => boolean): Clock {
  return new Map([...clock].filter(([replica]) => replicas(replica)))
}

/**
 * Whom to ask, so that few are asked: the replicas that know something which `own` does not, without those of whom
 * another of them knows all. Of several that know the same, the first.
 */
export function worthAsking(own: Clock, others: ReadonlyMap<Replica, Clock>): readonly Replica[] {
  const ahead = [...others].filter(([, clock]) => !dominates(own, clock))
  const kept: [Replica, Clock][] = []
  for (const [replica, clock] of ahead) {
    if (kept.some(([, known]) => dominates(known, clock))) continue
    const rest = kept.filter(([, known]) => !dominates(clock, known))
    kept.splice(0, kept.length, ...rest, [replica, clock])
  }
  return kept.map(([replica]) => replica)
}
