import { createHash } from 'node:crypto'

/** What a feed last said of each field, so short that it can be kept beside the row. */
export type Fingerprints = Readonly<Record<string, string>>

/** What a feed says now: fields as a changeset takes them, and lists such as the people. */
export type Said = Readonly<Record<string, unknown>>

export function fingerprintsOf(said: Said): Fingerprints {
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, fingerprint(value)]))
}

/** The names of what the feed now says differently from last time. Edits made here in between are not asked about. */
export function changedSince(said: Fingerprints, before: Fingerprints | null): readonly string[] {
  return Object.keys(said).filter((name) => said[name] !== before?.[name])
}

/** Of what is said, what has these names. */
export function only(said: Said, names: readonly string[]): Said {
  return Object.fromEntries(Object.entries(said).filter(([name]) => names.includes(name)))
}

const FINGERPRINT_LENGTH = 16

function fingerprint(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('base64url')
    .slice(0, FINGERPRINT_LENGTH)
}
