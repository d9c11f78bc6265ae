import { type Words } from '../words.ts'
import { browser } from './browser.ts'
import { frame } from './frame.ts'
import { home } from './home.ts'

export const de: Words = { browser, frame, home }
