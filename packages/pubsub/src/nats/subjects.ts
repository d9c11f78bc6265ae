import { createHash } from 'node:crypto'

/** Where a topic and a node are found: a subject has no spaces, dots or wildcards in its parts, and is not too long. */
export interface Subjects {
  topic(topic: string): string
  node(node: string): string
}

const LONGEST = 200

export function subjectsOf(prefix: string): Subjects {
  return {
    topic: (topic) => `${prefix}.topic.${part(topic)}`,
    node: (node) => `${prefix}.node.${part(node)}`,
  }
}

// A hash is told from text by its dot.
function part(text: string): string {
  const encoded = Buffer.from(text).toString('base64url')
  if (encoded.length > LONGEST)
    return `hash.${createHash('sha256').update(text).digest('base64url')}`
  return encoded || '-'
}
