import { type en } from './en/index.ts'

/** Every text of the site, by the page it is on. English is written first; a language that lacks one does not compile. */
export type Words = typeof en
