import { read } from './kept.ts'

/** What a player is asked to do, by a button or a key. The first ones it does itself. */
export const OWN_ACTIONS = [
  'toggle',
  'back',
  'forward',
  'step-back',
  'step-forward',
  'louder',
  'quieter',
  'mute',
  'slower',
  'faster',
] as const
export type OwnAction = (typeof OWN_ACTIONS)[number]
export type Action =
  | OwnAction
  | 'previous-chapter'
  | 'next-chapter'
  | 'chapters'
  | 'enqueue'
  | 'queue'
  | 'sleep'
  | 'copy'
  | 'keys'
  | 'close'

const KEYS: Readonly<Record<string, Action>> = {
  ' ': 'toggle',
  k: 'toggle',
  ArrowLeft: 'step-back',
  ArrowRight: 'step-forward',
  j: 'back',
  l: 'forward',
  ArrowUp: 'louder',
  ArrowDown: 'quieter',
  m: 'mute',
  '<': 'slower',
  '>': 'faster',
  n: 'next-chapter',
  p: 'previous-chapter',
  '?': 'keys',
}

/** The arrows that scroll a page, and its letters where a listener wants them for something else. */
const ONLY_IN_PLAYERS = new Set(['ArrowUp', 'ArrowDown'])

const PLAYERS = 'show-player, show-deck, embed-player'
const WRITING = 'input, textarea, select, [contenteditable]:not([contenteditable=false])'
const PRESSED_BY_SPACE = 'button, a, summary, audio, video, [role=button], [role=option]'
const POSITION = '.staff input'

/** What a key asks for, where it was pressed; nothing where it is somebody else's. */
export function actionOf(event: KeyboardEvent): Action | undefined {
  const { key, target } = event
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented)
    return undefined
  const action = KEYS[key.length === 1 ? key.toLowerCase() : key]
  if (!action || !(target instanceof Element)) return undefined

  // A slider moves by the second with ↑ and ↓, and by more with ← and →.
  if (target.matches(POSITION)) return key === 'ArrowUp' || key === 'ArrowDown' ? undefined : action
  if (target.closest(WRITING)) return undefined
  if (key === ' ' && target.closest(PRESSED_BY_SPACE)) return undefined
  if (target.closest(PLAYERS) && !target.closest('dialog')) return action

  const isElsewhere = ONLY_IN_PLAYERS.has(key) || read('keys') === 'here'
  return isElsewhere || document.querySelector('dialog:modal') ? undefined : action
}
