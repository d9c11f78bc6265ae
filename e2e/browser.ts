import { type Browser, chromium } from 'playwright-core'
import { CHROME_PATH } from './env.ts'

/** Why browser tests are skipped here, or false: the `skip` of a suite. */
export const withoutBrowser: string | false = CHROME_PATH
  ? false
  : 'no browser was found; set CHROME_PATH'

export function openBrowser(): Promise<Browser> {
  // Without a sound card Chromium plays to nowhere; without a gesture a page may not play at all, so tests press the button.
  return chromium.launch(CHROME_PATH ? { executablePath: CHROME_PATH } : {})
}
