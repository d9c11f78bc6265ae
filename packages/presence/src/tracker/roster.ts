import { nameOf, versionOf, type Replica } from './replica.ts'

interface Member {
  readonly replica: Replica
  readonly heardAt: number
  readonly down: boolean
}

/** Which nodes are there, by what was heard of them. */
export interface Roster {
  readonly members: ReadonlyMap<string, Member>
  /** Replicas that will not be back: their node runs a newer version, or said goodbye. */
  readonly retired: ReadonlyMap<Replica, number>
}

export interface Periods {
  /** After how long a silence a replica is taken to be down; what it tracked is kept, and hidden. */
  readonly downMs: number
  /** After how long it is given up. */
  readonly goneMs: number
}

export type Turn = { readonly is: 'up' | 'down' | 'gone'; readonly replica: Replica }

export interface Turned {
  readonly roster: Roster
  /** In this order. */
  readonly turns: readonly Turn[]
  /** Whether the replica counts: one that was replaced or has left says nothing that matters. */
  readonly counts: boolean
}

export function emptyRoster(): Roster {
  return { members: new Map(), retired: new Map() }
}

export function heard(roster: Roster, replica: Replica, now: number): Turned {
  const known = roster.members.get(nameOf(replica))
  if (roster.retired.has(replica) || (known && !known.down && isOlder(replica, known.replica))) {
    return { roster, turns: [], counts: false }
  }
  const members = new Map(roster.members)
  members.set(nameOf(replica), { replica, heardAt: now, down: false })
  if (!known || known.replica === replica) {
    const turns: Turn[] = !known || known.down ? [{ is: 'up', replica }] : []
    return { roster: { ...roster, members }, turns, counts: true }
  }
  const retired = new Map(roster.retired).set(known.replica, now)
  return {
    roster: { members, retired },
    turns: [...ending(known), { is: 'up', replica }],
    counts: true,
  }
}

// What was sent before a node started anew may arrive after it did. Once the newer one is silent, an older version is
// believed: the clock of a machine may have been set back.
function isOlder(replica: Replica, known: Replica): boolean {
  return versionOf(replica) < versionOf(known)
}

/** Who has been silent for too long. */
export function looked(roster: Roster, now: number, { downMs, goneMs }: Periods): Turned {
  const members = new Map(roster.members)
  const turns: Turn[] = []
  for (const [name, member] of roster.members) {
    const silentMs = now - member.heardAt
    if (silentMs > goneMs) {
      turns.push(...ending(member))
      members.delete(name)
    } else if (silentMs > downMs && !member.down) {
      turns.push({ is: 'down', replica: member.replica })
      members.set(name, { ...member, down: true })
    }
  }
  const retired = new Map([...roster.retired].filter(([, since]) => now - since <= goneMs))
  return { roster: { members, retired }, turns, counts: true }
}

/** It said goodbye. */
export function left(roster: Roster, replica: Replica, now: number): Turned {
  const retired = new Map(roster.retired).set(replica, now)
  const known = roster.members.get(nameOf(replica))
  if (known?.replica !== replica)
    return { roster: { ...roster, retired }, turns: [], counts: false }
  const members = new Map(roster.members)
  members.delete(nameOf(replica))
  return { roster: { members, retired }, turns: ending(known), counts: true }
}

function ending({ replica, down }: Member): readonly Turn[] {
  return down
    ? [{ is: 'gone', replica }]
    : [
        { is: 'down', replica },
        { is: 'gone', replica },
      ]
}
