import { type FSWatcher, globSync, watch } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'

const FOLDERS = '{apps,packages,migrations}'
/** An editor saves in several steps, and a checkout changes many files: one call for all of it. */
const SETTLE_MS = 100

/** Calls back with the files that changed, of those a running server has loaded. Returns how to stop. */
export function watchCode(onChange: (files: readonly string[]) => void, root = ROOT): () => void {
  const watchers = new Map<string, FSWatcher>()
  const changed = new Set<string>()
  let settling: NodeJS.Timeout | undefined

  const settle = () => {
    watchFolders()
    const files = [...changed]
    changed.clear()
    if (files.length > 0) onChange(files)
  }
  // Folder by folder: Node's own recursive watching on Linux loses a file that is replaced, as editors do.
  const watchFolders = () => {
    for (const folder of foldersIn(root)) {
      if (watchers.has(folder)) continue
      const watcher = watch(join(root, folder), (_event, name) => {
        if (name !== null && isServerCode(join(folder, name))) changed.add(join(folder, name))
        clearTimeout(settling)
        settling = setTimeout(settle, SETTLE_MS)
      })
      // The folder was removed; should it come back, it is found again.
      watcher.on('error', () => watchers.delete(folder))
      watchers.set(folder, watcher)
    }
  }

  watchFolders()
  return () => {
    clearTimeout(settling)
    for (const watcher of watchers.values()) watcher.close()
  }
}

function foldersIn(root: string): string[] {
  return globSync([FOLDERS, `${FOLDERS}/**/`], {
    cwd: root,
    exclude: ['**/node_modules', 'apps/web/assets'],
  })
}

/** Views and browser code are not: they reload without a restart. */
export function isServerCode(file: string): boolean {
  if (file.startsWith('migrations/')) return file.endsWith('.sql')
  return file.endsWith('.ts') && !file.endsWith('.test.ts')
}
