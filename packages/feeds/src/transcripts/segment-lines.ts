/**
 * The lines on which the objects in the list "segments" of a JSON document begin. The document is one that parsed: only
 * strings and brackets have to be told apart.
 */
export function segmentLines(json: string): readonly number[] {
  const lines: number[] = []
  let line = 1
  let depth = 0
  let inList = false
  let key = ''
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[\n{}[\]]/g)) {
    if (token === '\n') line += 1
    else if (token === '{' || token === '[') {
      if (depth === 1 && token === '[') inList = key === '"segments"'
      if (depth === 2 && token === '{' && inList) lines.push(line)
      depth += 1
    } else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1) key = token
  }
  return lines
}
