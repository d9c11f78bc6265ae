import { BACK, FORWARD } from './player.ts'
import { sound } from './sound.ts'
import { type Track } from './track.ts'

/** Says what plays to the keyboard, the headset and the lock screen, and listens to their keys. */
export function announceSound(): void {
  if (!('mediaSession' in navigator)) return

  let announced: Track | undefined
  sound.addEventListener('change', () => {
    if (sound.track && sound.track !== announced) announce(sound.track)
    announced = sound.track
  })
}

function announce(track: Track): void {
  const { mediaSession } = navigator
  mediaSession.metadata = new MediaMetadata({
    title: track.title,
    artist: track.show,
    artwork: track.imageUrl ? [{ src: track.imageUrl }] : [],
  })
  mediaSession.setActionHandler('play', () => sound.play(track))
  mediaSession.setActionHandler('pause', () => sound.pause())
  mediaSession.setActionHandler('seekbackward', () => sound.skip(-BACK))
  mediaSession.setActionHandler('seekforward', () => sound.skip(FORWARD))
  mediaSession.setActionHandler('seekto', ({ seekTime }) => sound.seek(seekTime ?? 0))
}
