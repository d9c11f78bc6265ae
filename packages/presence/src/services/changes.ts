import { type Diff, type Entry } from '../tracker/entry.ts'
import { instanceOf, type Instance } from './instance.ts'

export interface ServiceChange {
  readonly is: 'joined' | 'updated' | 'left'
  readonly instance: Instance
}

/** An update is a join and a leave of the same. */
export function changesIn({ joins, leaves }: Diff): readonly ServiceChange[] {
  const identity = ({ replica, topic, key, owner }: Entry) =>
    JSON.stringify([replica, topic, key, owner])
  const came = new Set(joins.map(identity))
  const went = new Set(leaves.map(identity))
  const left = leaves.filter((entry) => !came.has(identity(entry)))
  return [
    ...left.map((entry): ServiceChange => ({ is: 'left', instance: instanceOf(entry) })),
    ...joins.map((entry): ServiceChange => {
      return { is: went.has(identity(entry)) ? 'updated' : 'joined', instance: instanceOf(entry) }
    }),
  ]
}
