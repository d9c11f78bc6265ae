import { chromium, type Browser, type Page } from 'playwright-core'
import { CHROME_PATH } from './env.ts'

/** Why tests with a browser are skipped here, or false. */
export const withoutBrowser: string | false = CHROME_PATH
  ? false
  : 'no browser was found; set CHROME_PATH'

export function openBrowser(): Promise<Browser> {
  return chromium.launch(CHROME_PATH ? { executablePath: CHROME_PATH } : {})
}

/** Calls a function of the page, which its script has put there. */
export function call(page: Page, name: string, ...given: readonly unknown[]): Promise<unknown> {
  return page.evaluate(`${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`)
}
