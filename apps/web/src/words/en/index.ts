import { browser } from './browser.ts'
import { frame } from './frame.ts'
import { home } from './home.ts'

export const en = { browser, frame, home }
