import { type Instance } from './instance.ts'

export interface RouteParts {
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number
  /** How many calls of this node to an instance are not answered yet. */
  readonly asked: (instance: Instance) => number
}

/** Whom to ask, of at least one, sorted by their ids. */
export type Route = (instances: readonly Instance[], parts: RouteParts) => Instance

/**
 * The same one for the same key, on all nodes that see the same instances. When one comes or goes, only the keys move that
 * come to it or were with it.
 */
export function byKey(key: string | number): Route {
  return (instances) => best(instances, (one, other) => weight(other, key) - weight(one, key))
}

/**
 * The less loaded of two that are drawn by lot. What is known of the load is a moment old: if all took the one that was
 * least loaded then, it would be the most loaded now.
 */
export const leastLoaded: Route = (instances, { random, asked }) => {
  const first = Math.floor(random() * instances.length)
  const second = (first + 1 + Math.floor(random() * (instances.length - 1))) % instances.length
  const drawn = [instances[first], instances[second]].filter((one) => one !== undefined)
  const load = (instance: Instance) => Number(instance.meta['load'] ?? 0) + asked(instance)
  return best(drawn, (one, other) => load(one) - load(other))
}

/** The first by a comparison of your own, as one gives to `sort`. */
export function comparing(compare: (one: Instance, other: Instance) => number): Route {
  return (instances) => best(instances, compare)
}

function best(
  instances: readonly Instance[],
  compare: (one: Instance, other: Instance) => number,
): Instance {
  return instances.reduce((chosen, other) => (compare(other, chosen) < 0 ? other : chosen))
}

// The highest random weight: every pair of key and instance has a number of its own.
function weight({ ref }: Instance, key: string | number): number {
  const text = `${key}\n${ref.node}\n${ref.id}`
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
