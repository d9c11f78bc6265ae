import { chapterAt, pictureAt } from './chapter.ts'
import { sound } from './sound.ts'

const BACK = 15
const FORWARD = 30

/** What follows and what came before: of the track, or of the queue. */
export interface Neighbours {
  readonly previous: () => void
  readonly next: () => void
}

/** Says what plays to the keyboard, the headset and the lock screen, and listens to their keys. */
export function announceSound({ previous, next }: Neighbours): void {
  if (!('mediaSession' in navigator)) return
  const { mediaSession } = navigator
  const handlers: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
    ['play', () => sound.track && sound.play(sound.track)],
    ['pause', () => sound.pause()],
    ['stop', () => sound.pause()],
    ['seekbackward', ({ seekOffset }) => sound.skip(-(seekOffset ?? BACK))],
    ['seekforward', ({ seekOffset }) => sound.skip(seekOffset ?? FORWARD)],
    ['seekto', ({ seekTime }) => sound.seek(seekTime ?? 0)],
    ['previoustrack', previous],
    ['nexttrack', next],
  ]
  for (const [action, handler] of handlers) handle(action, handler)

  let announced = ''
  sound.addEventListener('change', () => {
    const said = sayings()
    if (said && JSON.stringify(said) !== announced) {
      announced = JSON.stringify(said)
      mediaSession.metadata = new MediaMetadata(said)
    }
    mediaSession.playbackState = sound.track ? (sound.playing ? 'playing' : 'paused') : 'none'
    sayPlace()
  })
}

// Browsers know some of them, each others, and throw at the rest.
function handle(action: MediaSessionAction, handler: MediaSessionActionHandler): void {
  try {
    navigator.mediaSession.setActionHandler(action, handler)
  } catch {
    // Its key does nothing here.
  }
}

function sayings(): MediaMetadataInit | undefined {
  const { track } = sound
  if (!track) return undefined
  const chapter = chapterAt(sound.chapters, sound.place)
  const picture = pictureAt(sound.chapters, sound.place) || track.imageUrl

  return {
    title: track.title,
    artist: track.show,
    album: chapter?.title || track.show,
    artwork: picture ? [{ src: new URL(picture, location.href).href }] : [],
  }
}

function sayPlace(): void {
  const { seconds: duration, place, speed: playbackRate } = sound
  if (!(duration > 0)) return

  navigator.mediaSession.setPositionState?.({
    duration,
    playbackRate,
    position: Math.min(place, duration),
  })
}
