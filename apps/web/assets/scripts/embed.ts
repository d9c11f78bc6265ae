import { EmbedPlayer } from './player/embed-player.ts'
import { actionOf } from './player/keys.ts'
import { announceSound } from './player/media-session.ts'
import { beTheOnlySound } from './player/only-sound.ts'
import { sound } from './player/sound.ts'

customElements.define('embed-player', EmbedPlayer)
beTheOnlySound()
announceSound({ previous: () => sound.seek(0), next: () => sound.seek(sound.seconds) })

// Keys of the frame: it has no others, and none beside it hear them.
document.addEventListener('keydown', (event) => {
  const action = actionOf(event)
  const player = document.querySelector('embed-player')
  if (!action || action === 'keys' || !(player instanceof EmbedPlayer)) return
  event.preventDefault()
  player.do(action)
})
