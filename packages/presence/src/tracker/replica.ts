/** A node that runs: its name, `#`, and its version, which is another each time it starts and a later one sorts after. */
export type Replica = string

export function replicaOf(name: string, version: string): Replica {
  return `${name}#${version}`
}

export function nameOf(replica: Replica): string {
  return replica.slice(0, replica.lastIndexOf('#'))
}

export function versionOf(replica: Replica): string {
  return replica.slice(replica.lastIndexOf('#') + 1)
}

/** @param random gives numbers from 0 up to 1, as `Math.random`. */
export function newVersion(now: number, random: () => number): string {
  const chance = Math.floor(random() * 36 ** 6)
  return now.toString(36).padStart(9, '0') + chance.toString(36).padStart(6, '0')
}
