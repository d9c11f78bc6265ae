import { type Entry, type Meta } from '../tracker/entry.ts'
import { nameOf } from '../tracker/replica.ts'

/** Where somebody can be asked, from any node. It is plain data, and can be sent and kept. */
export type Ref = {
  readonly node: string
  readonly service: string
  readonly id: string
}

export interface Instance {
  readonly ref: Ref
  readonly meta: Meta
}

export function instanceOf({ replica, topic, key, meta }: Entry): Instance {
  return { ref: { node: nameOf(replica), service: topic, id: key }, meta }
}

export function sameRef(one: Ref, other: Ref): boolean {
  return one.id === other.id && one.node === other.node && one.service === other.service
}

export function refText({ node, service, id }: Ref): string {
  return JSON.stringify([service, id, node])
}
