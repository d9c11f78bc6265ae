import { type Serializer } from './serializer.ts'
import { v1 } from './v1.ts'
import { v2 } from './v2.ts'

const FULL_VERSION = /^(\d+)\.(\d+)\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/

/** By `vsn` of the connection: 1.0.x, which is meant where it says nothing, or 2.0.x. Undefined for any other. */
export function serializerOf(vsn: unknown = '1.0.0'): Serializer | undefined {
  if (typeof vsn !== 'string') return undefined
  const [, major, minor] = FULL_VERSION.exec(vsn) ?? []
  if (minor !== '0') return undefined
  return { 1: v1, 2: v2 }[major ?? '']
}
