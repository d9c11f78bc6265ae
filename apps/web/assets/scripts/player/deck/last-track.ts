import { readJson, write } from '../kept.ts'
import { sound } from '../sound.ts'
import { asTrack } from '../track.ts'

/** Who comes back, or loads a page anew, finds what they were listening to as they left it. */
export function rememberTrack(): void {
  const last = asTrack(readJson('now'))
  if (last && !sound.track) sound.ready(last)

  sound.addEventListener('track', keep)
  keep()
}

function keep(): void {
  write('now', sound.track ? JSON.stringify(sound.track) : null)
}
