/** An element as read: names and attribute names are lower case, the name carries the prefix we read its namespace by. */
export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** All text inside, that of its children included. */
  text: string
  readonly children: Node[]
  readonly line: number
}

/** The text of the first child of one of these names that holds any, names tried in order. */
export function textOf(node: Node, ...names: string[]): string | null {
  for (const name of names) {
    for (const child of node.children) {
      const text = child.name === name ? child.text.trim() : ''
      if (text !== '') return text
    }
  }
  return null
}

export function childrenOf(node: Node, ...names: string[]): Node[] {
  return node.children.filter((child) => names.includes(child.name))
}

/** An attribute's trimmed value; a blank one counts as absent. */
export function attribute(node: Node, name: string): string | null {
  const value = node.attributes[name]?.trim()
  return value === undefined || value === '' ? null : value
}
