/** What was read level by level. */
interface Levels {
  readonly episodes: readonly { readonly id: string }[]
  readonly transcripts: readonly { readonly id: string; readonly episode_id: string }[]
  readonly cues: readonly { readonly transcript_id: string; readonly person_id: string | null }[]
  readonly people: readonly { readonly id: string }[]
}

/** Puts what was read level by level into its places. */
export function nested({ episodes, transcripts, cues, people }: Levels) {
  const personById = new Map(people.map((person) => [person.id, person]))
  const spoken = cues.map((cue) => ({ ...cue, person: personById.get(cue.person_id ?? '') }))
  const cuesBy = Map.groupBy(spoken, ({ transcript_id }) => transcript_id)
  const whole = transcripts.map((row) => ({ ...row, cues: cuesBy.get(row.id) ?? [] }))
  const transcriptsBy = Map.groupBy(whole, ({ episode_id }) => episode_id)
  return episodes.map((row) => ({ ...row, transcripts: transcriptsBy.get(row.id) ?? [] }))
}
