import { watch } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'

const FOLDERS = ['apps', 'packages', 'migrations']

/** Calls back with the path of each changed file that a running server has loaded. Returns how to stop. */
export function watchCode(onChange: (file: string) => void): () => void {
  const watchers = FOLDERS.map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (name !== null && isServerCode(join(folder, name))) onChange(join(folder, name))
    }),
  )
  return () => watchers.forEach((watcher) => watcher.close())
}

/** Views and browser code are not: they reload without a restart. */
export function isServerCode(file: string): boolean {
  if (/(^|\/)node_modules\//.test(file) || file.startsWith('apps/web/assets/')) return false
  if (file.startsWith('migrations/')) return file.endsWith('.sql')
  return file.endsWith('.ts') && !file.endsWith('.test.ts')
}
