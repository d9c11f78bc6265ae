/** Whoever holds one may change nodes made with it in place, as nobody else has seen them. */
export interface Edit {
  readonly edit?: undefined
}

type Key = string | number

interface Leaf<Value> {
  readonly hash: number
  readonly key: Key
  readonly value: Value
}

/** Whose keys have one hash. */
interface Collision<Value> {
  readonly leaves: readonly Leaf<Value>[]
}

interface Branch<Value> {
  readonly edit: Edit | undefined
  /** A bit for each of 32 places; `nodes` has one for each bit that is set. */
  bits: number
  readonly nodes: Node<Value>[]
}

type Node<Value> = Leaf<Value> | Collision<Value> | Branch<Value>

const BITS = 5
const MASK = 31
const DEEPEST = 35

/**
 * A map that is a value: a change gives another map, which shares with this one all that did not change (a hash array
 * mapped trie). Reading one takes no notice of what becomes of it meanwhile.
 */
export class PersistentMap<K extends Key, Value> {
  readonly size: number
  readonly #root: Branch<Value>

  private constructor(size: number, root: Branch<Value>) {
    this.size = size
    this.#root = root
  }

  static empty<K extends Key, Value>(): PersistentMap<K, Value> {
    return new PersistentMap<K, Value>(0, { edit: undefined, bits: 0, nodes: [] })
  }

  get(key: K): Value | undefined {
    const hash = hashOf(key)
    let node: Node<Value> | undefined = this.#root
    for (let shift = 0; node && 'bits' in node; shift += BITS) node = childOf(node, hash, shift)
    if (!node) return undefined
    if ('leaves' in node) return node.leaves.find((leaf) => leaf.key === key)?.value
    return node.key === key ? node.value : undefined
  }

  set(key: K, value: Value, edit?: Edit): PersistentMap<K, Value> {
    const added = this.get(key) === undefined ? 1 : 0
    const root = inserted(this.#root, 0, { hash: hashOf(key), key, value }, edit)
    return new PersistentMap<K, Value>(this.size + added, root)
  }

  delete(key: K, edit?: Edit): PersistentMap<K, Value> {
    if (this.get(key) === undefined) return this
    if (this.size === 1) return PersistentMap.empty()
    const root = removed(this.#root, 0, hashOf(key), key, edit)
    return new PersistentMap<K, Value>(this.size - 1, root)
  }

  forEach(visit: (value: Value, key: K) => void): void {
    visitAll(this.#root, visit as (value: Value, key: Key) => void)
  }

  values(): Value[] {
    const values: Value[] = []
    this.forEach((value) => values.push(value))
    return values
  }

  keys(): K[] {
    const keys: K[] = []
    this.forEach((_, key) => keys.push(key))
    return keys
  }
}

function hashOf(key: Key): number {
  if (typeof key === 'number') return Math.imul(key, 0x9e3779b1) >>> 0
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  // The lowest bits lead the way, and those of FNV are its weakest.
  return (hash ^ (hash >>> 15)) >>> 0
}

const bitOf = (hash: number, shift: number) => 1 << ((hash >>> shift) & MASK)

function placeOf(bits: number, bit: number): number {
  let before = bits & (bit - 1)
  before -= (before >>> 1) & 0x55555555
  before = (before & 0x33333333) + ((before >>> 2) & 0x33333333)
  return Math.imul((before + (before >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function childOf<Value>(branch: Branch<Value>, hash: number, shift: number) {
  const bit = bitOf(hash, shift)
  return branch.bits & bit ? branch.nodes[placeOf(branch.bits, bit)] : undefined
}

function editable<Value>(branch: Branch<Value>, edit: Edit | undefined): Branch<Value> {
  if (edit !== undefined && branch.edit === edit) return branch
  return { edit, bits: branch.bits, nodes: [...branch.nodes] }
}

function inserted<Value>(
  branch: Branch<Value>,
  shift: number,
  leaf: Leaf<Value>,
  edit: Edit | undefined,
): Branch<Value> {
  const own = editable(branch, edit)
  const bit = bitOf(leaf.hash, shift)
  const place = placeOf(own.bits, bit)
  const child = own.bits & bit ? own.nodes[place] : undefined
  if (child === undefined) {
    own.nodes.splice(place, 0, leaf)
    own.bits |= bit
  } else {
    own.nodes[place] = joined(child, shift + BITS, leaf, edit)
  }
  return own
}

function joined<Value>(
  child: Node<Value>,
  shift: number,
  leaf: Leaf<Value>,
  edit: Edit | undefined,
): Node<Value> {
  if ('bits' in child) return inserted(child, shift, leaf, edit)
  const others = 'leaves' in child ? child.leaves : [child]
  if (others.length === 1 && others[0]?.key === leaf.key) return leaf
  if (shift >= DEEPEST) return { leaves: [...others.filter(({ key }) => key !== leaf.key), leaf] }
  const branch: Branch<Value> = { edit, bits: 0, nodes: [] }
  return others.reduce(
    (deeper, other) => inserted(deeper, shift, other, edit),
    inserted(branch, shift, leaf, edit),
  )
}

function removed<Value>(
  branch: Branch<Value>,
  shift: number,
  hash: number,
  key: Key,
  edit: Edit | undefined,
): Branch<Value> {
  const own = editable(branch, edit)
  const bit = bitOf(hash, shift)
  const place = placeOf(own.bits, bit)
  const child = own.nodes[place]
  const rest = child && without(child, shift + BITS, hash, key, edit)
  if (rest) own.nodes[place] = rest
  else {
    own.nodes.splice(place, 1)
    own.bits &= ~bit
  }
  return own
}

function without<Value>(
  child: Node<Value>,
  shift: number,
  hash: number,
  key: Key,
  edit: Edit | undefined,
): Node<Value> | undefined {
  if ('bits' in child) {
    const rest = removed(child, shift, hash, key, edit)
    const [only] = rest.nodes
    // A branch with one leaf is that leaf: a map looks the same however it came to be.
    return rest.nodes.length === 1 && only && !('bits' in only)
      ? only
      : rest.bits === 0
        ? undefined
        : rest
  }
  if (!('leaves' in child)) return undefined
  const leaves = child.leaves.filter((leaf) => leaf.key !== key)
  return leaves.length === 1 ? leaves[0] : { leaves }
}

function visitAll<Value>(branch: Branch<Value>, visit: (value: Value, key: Key) => void): void {
  for (const node of branch.nodes) {
    if ('bits' in node) visitAll(node, visit)
    else if ('leaves' in node) for (const leaf of node.leaves) visit(leaf.value, leaf.key)
    else visit(node.value, node.key)
  }
}
