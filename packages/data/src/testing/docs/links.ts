import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g

/** Links of these pages (paths in this folder) that lead nowhere: to no file, or to no heading in it. */
export function brokenLinks(folder: string, pages: readonly string[]): string[] {
  return pages.flatMap((page) => {
    const file = resolve(folder, page)
    return withoutCode(readFileSync(file, 'utf8'))
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(LINK)]
          .map(([, target = '']) => target)
          .filter((target) => !target.includes('://') && !leads(file, target))
          .map((target) => `${relative(folder, file)}:${index + 1} ${target}`),
      )
  })
}

function leads(from: string, target: string): boolean {
  const [path = '', heading] = target.split('#')
  const file = path === '' ? from : resolve(dirname(from), path)
  if (!existsSync(file)) return false
  return heading === undefined || headings(readFileSync(file, 'utf8')).includes(heading)
}

/** Their anchors, as GitHub makes them. */
function headings(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

/** The same lines, those of code blocks empty. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, (block) => block.replace(/[^\n]/g, ''))
}
