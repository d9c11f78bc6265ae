import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Assets } from './assets.ts'
import { builtAssets, manifestOf } from './built.ts'
import { compressFiles } from './compress.ts'
import { ADMIN, EMBED, type Entry, fingerprint, SITE, SOURCES } from './sources.ts'

export interface BuildOptions {
  /** Where the built files go. Made when missing. */
  readonly outDir: string
  /** Called before a build, and not at all when what is there is still true. */
  readonly onBuild?: () => void
}

/** The assets as a browser fetches them, built first when a source file has changed since the last time. */
export async function buildAssets({ outDir, onBuild }: BuildOptions): Promise<Assets> {
  const wanted = fingerprint()

  if ((await builtFrom(outDir)) !== wanted) {
    onBuild?.()
    await buildInto(outDir, wanted)
  }

  return builtAssets(outDir)
}

async function builtFrom(outDir: string): Promise<string | undefined> {
  const file = join(outDir, '.sources')
  return existsSync(file) ? readFile(file, 'utf8') : undefined
}

// Built beside its place and moved there, so that a process serving the old files never sees half a build.
async function buildInto(outDir: string, sources: string): Promise<void> {
  const fresh = `${outDir}.${process.pid}.${randomUUID()}`
  await mkdir(dirname(outDir), { recursive: true })

  try {
    // One after the other: built together they would share files, and the site would ask for more of them.
    await bundle(fresh, SITE)
    await bundle(fresh, ADMIN)
    await bundle(fresh, EMBED)
    await compressFiles(fresh)
    await writeFile(join(fresh, '.sources'), sources)
    await rm(outDir, { recursive: true, force: true })
    await rename(fresh, outDir)
  } catch (error) {
    // Somebody else may have built the same in the meantime, and was faster.
    if ((await builtFrom(outDir)) !== sources) throw error
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function bundle(outDir: string, entry: Entry): Promise<void> {
  // Loaded when it is needed: that takes longer than all the rest of a later start.
  const { build } = await import('vite')

  await build({
    configFile: false,
    root: SOURCES,
    base: '/assets/',
    publicDir: 'public',
    appType: 'custom',
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      assetsDir: '',
      assetsInlineLimit: 0,
      manifest: manifestOf(entry),
      modulePreload: false,
      rolldownOptions: { input: [join(SOURCES, entry.style), join(SOURCES, entry.script)] },
    },
  })
}
