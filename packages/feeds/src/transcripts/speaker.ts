/**
 * `Name: what is said`, as plain captions name a speaker. A name is up to five words that begin like names do, so that
 * "and then he said: no" stays speech.
 */
const NAMED =
  /^((?:\p{Lu}|\p{Lo}|\p{N})[\p{L}\p{M}\p{N}.'’()&/-]{0,40}(?: (?:[\p{Lu}\p{Lo}\p{N}"“(&][\p{L}\p{M}\p{N}.'’"”()&/-]{0,40}|de|da|di|du|van|von|der|den|la|le|el|al|bin|y|e|and)){0,4}):(?:\s+|$)/u

export interface Spoken {
  readonly speaker: string | null
  readonly text: string
}

export function splitSpeaker(text: string): Spoken {
  const match = NAMED.exec(text)
  // A clock, not a name: "10:30 we begin".
  if (match?.[1] === undefined || /^[\d.]+$/.test(match[1])) return { speaker: null, text }
  return { speaker: match[1], text: text.slice(match[0].length) }
}
