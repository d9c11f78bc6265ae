import { type Diff, type Entry } from '../tracker/entry.ts'
import { type Time } from '../tracker/time.ts'
import { grouped, type Presences } from './presences.ts'

export interface PresenceDiff {
  readonly joins: Presences
  readonly leaves: Presences
}

export interface AnnouncementParts {
  readonly time: Time
  readonly periodMs: number
  readonly decorate: (topic: string, presences: Presences) => Promise<Presences>
  readonly announce: (topic: string, diff: PresenceDiff) => void
  readonly failed: (topic: string, error: unknown) => void
}

/** What a topic has yet to be told: for each entry the last that happened to it. */
type Gathered = Map<string, { readonly entry: Entry; readonly joined: boolean }>

/**
 * Tells topics what changed: the first at once, what follows within the period together. What is looked up for it takes
 * the time it takes, for all at once, but a topic is told in the order it happened.
 */
export function announcements({ time, periodMs, decorate, announce, failed }: AnnouncementParts) {
  // A topic is in here as long as its period runs.
  const gathering = new Map<string, Gathered>()
  const timers = new Set<() => void>()
  const told = new Map<string, Promise<void>>()

  const tell = (topic: string, gathered: Gathered) => {
    const turn = inTurn(told.get(topic), lookedUp(topic, gathered, decorate), (diff) =>
      announce(topic, diff),
    )
      .catch((error: unknown) => failed(topic, error))
      .finally(() => told.get(topic) === turn && told.delete(topic))
    told.set(topic, turn)
  }

  const wait = (topic: string) => {
    gathering.set(topic, new Map())
    const cancel = time.after(periodMs, () => {
      timers.delete(cancel)
      const gathered = gathering.get(topic)
      gathering.delete(topic)
      if (!gathered || gathered.size === 0) return
      wait(topic)
      tell(topic, gathered)
    })
    timers.add(cancel)
  }

  return {
    add(diff: Diff): void {
      for (const [topic, gathered] of byTopic(diff)) {
        const waiting = gathering.get(topic)
        if (waiting) for (const [name, change] of gathered) waiting.set(name, change)
        else {
          wait(topic)
          tell(topic, gathered)
        }
      }
    },
    stop(): void {
      for (const cancel of timers) cancel()
      timers.clear()
      gathering.clear()
    },
  }
}

async function lookedUp(
  topic: string,
  gathered: Gathered,
  decorate: AnnouncementParts['decorate'],
): Promise<PresenceDiff> {
  const all = [...gathered.values()]
  const of = (joined: boolean) =>
    grouped(all.filter((change) => change.joined === joined).map(({ entry }) => entry))
  const [joins, leaves] = await Promise.all([decorate(topic, of(true)), decorate(topic, of(false))])
  return { joins, leaves }
}

async function inTurn(
  before: Promise<void> | undefined,
  diff: Promise<PresenceDiff>,
  announce: (diff: PresenceDiff) => void,
): Promise<void> {
  const [result] = await Promise.allSettled([diff, before])
  if (result.status === 'rejected') throw result.reason
  announce(result.value)
}

// Who came and went in one period has left: a list that was sent in between has them. And who is there again after all has
// joined. The client takes both for what they are, whether it knew of them or not.
function byTopic({ joins, leaves }: Diff): Map<string, Gathered> {
  const topics = new Map<string, Gathered>()
  const note = (entry: Entry, joined: boolean) => {
    const gathered = topics.get(entry.topic) ?? new Map()
    topics.set(entry.topic, gathered.set(`${entry.replica} ${entry.clock}`, { entry, joined }))
  }
  for (const entry of joins) note(entry, true)
  for (const entry of leaves) note(entry, false)
  return topics
}
