import { readJson, write } from '../kept.ts'
import { Player } from '../player.ts'
import { sound } from '../sound.ts'
import { asTrack, type Track } from '../track.ts'

/** Who comes back, or loads a page anew, finds what they were listening to as they left it. */
export function rememberTrack(): void {
  const last = asTrack(readJson('now'))
  if (last && !sound.track) sound.ready(last, startInPage(last))

  sound.addEventListener('track', keep)
  keep()
}

/** A link to a moment of it may have led here. */
function startInPage({ episode }: Track): number | undefined {
  const player = document.querySelector('show-player')

  return player instanceof Player && player.track?.episode === episode ? player.place : undefined
}

function keep(): void {
  write('now', sound.track ? JSON.stringify(sound.track) : null)
}
