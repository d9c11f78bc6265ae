import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { z } from 'zod'
import { childEnv, type Env } from '../env.ts'
import { errorCode, errorMessage } from '../errors.ts'
import { isAlive } from '../processes/is-alive.ts'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The program that browser tests drive, or why there is none. */
export type Browser = { readonly path: string } | { readonly reason: string }

/** Looks for a Chromium on this machine, and unpacks the one npm brought where there is none. */
export function findBrowser(
  { CHROME_PATH, DATA_DIR }: Pick<Env, 'CHROME_PATH' | 'DATA_DIR'>,
  report: (line: string) => void,
): Browser {
  const path = CHROME_PATH ?? [chromium.executablePath(), ...INSTALLED].find(existsSync)
  if (path !== undefined) return { path }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: 'no Chromium found; install one, or set CHROME_PATH' }
  }
  return packedBrowser(DATA_DIR, report)
}

function packedBrowser(dataDir: string, report: (line: string) => void): Browser {
  const home = join(dataDir, `chromium-${packedVersion()}`)
  try {
    if (!existsSync(home)) unpack(dataDir, home, report)
    return { path: join(home, 'chrome') }
  } catch (error) {
    return {
      reason: `the Chromium from npm does not run here (${errorMessage(error)}); set CHROME_PATH`,
    }
  }
}

// Unpacked beside its place and moved there once it has run: half a browser is never used.
function unpack(dataDir: string, home: string, report: (line: string) => void): void {
  report('Unpacking a browser (about 210 MB, the first time only) …')
  forgetHalfUnpacked(dataDir)
  const work = `${home}.${process.pid}`
  mkdirSync(work, { recursive: true })
  // The package unpacks into the system's folder for temporary files, wherever that is said to be.
  execFileSync(process.execPath, [join(import.meta.dirname, 'unpack-browser.ts')], {
    env: childEnv({ TMPDIR: work }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Copied, because what root unpacks belongs to whoever packed it.
  cpSync(join(work, 'fonts'), join(work, 'typefaces'), { recursive: true })
  rmSync(join(work, 'fonts'), { recursive: true })
  writeFileSync(join(work, 'typefaces/fonts.conf'), FONTS)
  writeFileSync(join(work, 'chrome'), WRAPPER)
  chmodSync(join(work, 'chrome'), 0o755)
  execFileSync(join(work, 'chrome'), ['--version'], { stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    renameSync(work, home)
  } catch (error) {
    // Another run was faster.
    if (errorCode(error) !== 'ENOTEMPTY') throw error
    rmSync(work, { recursive: true })
  }
}

function forgetHalfUnpacked(dataDir: string): void {
  if (!existsSync(dataDir)) return
  for (const name of readdirSync(dataDir)) {
    const maker = Number(/^chromium-.*\.(\d+)$/.exec(name)?.[1])
    if (maker && !isAlive(maker)) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

function packedVersion(): string {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const manifest: unknown = JSON.parse(
    readFileSync(join(dirname(entry), '../package.json'), 'utf8'),
  )
  return z.object({ version: z.string() }).parse(manifest).version
}

/** With the libraries and fonts it was packed with: a bare system has neither. */
const WRAPPER = `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_PATH="$here/typefaces"
exec "$here/chromium" --headless=shell --disable-dev-shm-usage "$@"
`

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
</fontconfig>
`
