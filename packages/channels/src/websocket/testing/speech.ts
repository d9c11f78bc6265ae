import assert from 'node:assert/strict'

/** A message, whichever version it is in. Version 1 says no join ref. */
export interface Said {
  readonly joinRef?: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

/** How messages are written in a version. */
export interface Speech {
  readonly vsn: string
  write(said: Said): string
  read(frame: string): Said
}

export const VERSION_1: Speech = {
  vsn: '1.0.0',
  write: ({ joinRef, ref, topic, event, payload }) =>
    JSON.stringify({ join_ref: joinRef, ref, topic, event, payload }),
  read(frame) {
    const { ref, topic, event, payload, ...others } = JSON.parse(frame) as Said
    assert.deepEqual(others, {})
    return { ref, topic, event, payload }
  },
}

export const VERSION_2: Speech = {
  vsn: '2.0.0',
  write: ({ joinRef = null, ref, topic, event, payload }) =>
    JSON.stringify([joinRef, ref, topic, event, payload]),
  read(frame) {
    const [joinRef, ref, topic, event, payload] = JSON.parse(frame) as [
      string | null,
      string | null,
      string,
      string,
      unknown,
    ]
    return { joinRef, ref, topic, event, payload }
  },
}
