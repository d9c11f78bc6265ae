import { tmpdir } from 'node:os'

/** The browser that `showrunner test` found, if it did. */
export const CHROME_PATH = process.env['CHROME_PATH'] || undefined

/** What a site started by a test inherits: what finds programs, and nothing that was set for another one. */
export const INHERITED = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TMPDIR: process.env['TMPDIR'],
}

/** A folder that goes with the run; in that of the system where a test was started by itself. */
export const RUN_FOLDER = process.env['DATA_DIR'] || `${tmpdir()}/showrunner-e2e`
