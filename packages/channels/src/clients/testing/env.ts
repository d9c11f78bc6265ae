/** The browser that `showrunner test` found, if it did. */
export const CHROME_PATH = process.env['CHROME_PATH'] || undefined
