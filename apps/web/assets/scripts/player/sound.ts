import { type Chapter } from './chapter.ts'
import {
  rememberedPlace,
  rememberedSpeed,
  rememberedVolume,
  rememberPlace,
  rememberSpeed,
  rememberVolume,
} from './memory.ts'
import { SPEEDS } from './speeds.ts'
import { type Track } from './track.ts'

const HEARD = [
  'play',
  'pause',
  'timeupdate',
  'durationchange',
  'seeked',
  'ratechange',
  'volumechange',
  'waiting',
  'error',
] as const

/**
 * The one thing that sounds. It belongs to no page: Turbo swaps the pages, and this goes on. Players show it and
 * steer it; `change` tells them that something about it is new, `track` that something else is there to be heard,
 * `ended` that it is over.
 */
class Sound extends EventTarget {
  readonly #audio = new Audio()
  #track: Track | undefined
  #chapters: readonly Chapter[] = []
  #kept = 0

  constructor() {
    super()
    this.#audio.preload = 'none'
    Object.assign(this.#audio, rememberedVolume())
    for (const event of HEARD) this.#audio.addEventListener(event, () => this.#changed())
    this.#audio.addEventListener('ended', () => {
      this.#remember()
      this.#tell('ended')
    })
    addEventListener('pagehide', () => this.#remember())
  }

  get track(): Track | undefined {
    return this.#track
  }

  /** Of the track, once they are known. */
  get chapters(): readonly Chapter[] {
    return this.#chapters
  }

  set chapters(chapters: readonly Chapter[]) {
    this.#chapters = chapters
    this.#tell('change')
  }

  get playing(): boolean {
    return !this.#audio.paused
  }

  get failed(): boolean {
    return this.#audio.error != null
  }

  get place(): number {
    return this.#audio.currentTime
  }

  get seconds(): number {
    const { duration } = this.#audio
    return Number.isFinite(duration) && duration > 0 ? duration : (this.#track?.seconds ?? 0)
  }

  get speed(): number {
    return this.#audio.defaultPlaybackRate
  }

  set speed(speed: number) {
    this.#setSpeed(speed)
    rememberSpeed(speed)
  }

  get volume(): number {
    return this.#audio.volume
  }

  /** Who moves it wants to hear it. */
  set volume(volume: number) {
    this.#audio.volume = Math.min(1, Math.max(0, volume))
    this.muted = false
  }

  get muted(): boolean {
    return this.#audio.muted
  }

  set muted(muted: boolean) {
    this.#audio.muted = muted
    rememberVolume(this)
  }

  has(track: Track): boolean {
    return this.#track?.episode === track.episode
  }

  /** Plays a track from a place, or from where it was left. */
  play(track: Track, from?: number): void {
    if (!this.has(track)) this.ready(track, from)
    else if (from != null) this.#audio.currentTime = from

    // Refused where the browser wants a press first, or the file is gone: `error` and `pause` tell the players.
    this.#audio.play().catch(() => this.#changed())
  }

  /** Takes a track in, as it was left, without a sound: nothing is fetched of it. */
  ready(track: Track, from = rememberedPlace(track.episode)): void {
    this.#remember()
    this.#track = track
    this.#chapters = []
    this.#kept = from
    this.#audio.src = track.audioUrl
    this.#audio.currentTime = from
    this.#setSpeed(rememberedSpeed())
    this.#tell('track')
    this.#tell('change')
  }

  pause(): void {
    this.#audio.pause()
    this.#remember()
  }

  toggle(track: Track, from?: number): void {
    if (this.has(track) && this.playing) this.pause()
    else this.play(track, this.has(track) ? undefined : from)
  }

  /** Puts it away. */
  clear(): void {
    this.pause()
    this.#track = undefined
    this.#chapters = []
    this.#audio.removeAttribute('src')
    this.#audio.load()
    this.#tell('track')
    this.#tell('change')
  }

  seek(seconds: number): void {
    this.#audio.currentTime = Math.min(Math.max(0, seconds), this.seconds || Math.max(0, seconds))
    // Before anything was fetched no event says so.
    this.#tell('change')
  }

  skip(seconds: number): void {
    this.seek(this.place + seconds)
  }

  faster(): void {
    this.speed = SPEEDS.find((speed) => speed > this.speed) ?? this.speed
  }

  slower(): void {
    this.speed = SPEEDS.findLast((speed) => speed < this.speed) ?? this.speed
  }

  #setSpeed(speed: number): void {
    this.#audio.defaultPlaybackRate = speed
    this.#audio.playbackRate = speed
  }

  #changed(): void {
    if (Math.abs(this.place - this.#kept) > 5) this.#remember()
    this.#tell('change')
  }

  #tell(event: 'change' | 'track' | 'ended'): void {
    this.dispatchEvent(new Event(event))
  }

  #remember(): void {
    if (!this.#track || this.#audio.readyState === HTMLMediaElement.HAVE_NOTHING) return

    this.#kept = this.place
    rememberPlace(this.#track.episode, this.place, this.seconds)
  }
}

export const sound = new Sound()
