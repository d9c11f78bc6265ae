import { type ShownState } from '@showrunner/domain/import'
import { type Tone } from './list-page.ts'

const WORDS: Readonly<Record<ShownState, readonly [words: string, tone: Tone]>> = {
  looking: ['Looking at the feed', 'waiting'],
  ready: ['Waits for your yes', 'waiting'],
  waiting: ['Begins in a moment', 'waiting'],
  running: ['Under way', 'waiting'],
  interrupted: ['Broken off', 'bad'],
  done: ['Done', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'quiet'],
}

export function importBadge(state: ShownState): { readonly words: string; readonly tone: Tone } {
  const [words, tone] = WORDS[state]
  return { words, tone }
}
