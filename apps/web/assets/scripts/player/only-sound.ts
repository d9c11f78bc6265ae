import { sound } from './sound.ts'

/** Where it plays in one tab, or in a player on a page elsewhere, it stops in the others. */
export function beTheOnlySound(): void {
  if (!('BroadcastChannel' in window)) return
  const others = new BroadcastChannel('player')
  let playing = false

  sound.addEventListener('change', () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    if (sound.playing && !playing) others.postMessage('plays')
    playing = sound.playing
  })
  others.addEventListener('message', () => sound.pause())
}
