import { rememberedPlace, rememberedSpeed, rememberPlace, rememberSpeed } from './memory.ts'
import { type Track } from './track.ts'

const SPEEDS = [0.8, 1, 1.2, 1.5, 1.75, 2] as const

/**
 * The one thing that sounds. It belongs to no page: Turbo swaps the pages, and this goes on. Players show it and
 * steer it; `change` tells them that something about it is new.
 */
class Sound extends EventTarget {
  readonly #audio = new Audio()
  #track: Track | undefined
  #kept = 0

  constructor() {
    super()
    this.#audio.preload = 'none'
    for (const event of [
      'play',
      'pause',
      'timeupdate',
      'durationchange',
      'seeked',
      'ratechange',
      'waiting',
      'error',
    ]) {
      this.#audio.addEventListener(event, () => this.#changed())
    }
    addEventListener('pagehide', () => this.#remember())
  }

  get track(): Track | undefined {
    return this.#track
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

  has(track: Track): boolean {
    return this.#track?.episode === track.episode
  }

  /** Plays a track from a place, or from where it was left. */
  play(track: Track, from?: number): void {
    if (!this.has(track)) this.#load(track, from ?? rememberedPlace(track.episode))
    else if (from != null) this.#audio.currentTime = from

    // Refused where the browser wants a press first, or the file is gone: `error` and `pause` tell the players.
    this.#audio.play().catch(() => this.#changed())
  }

  pause(): void {
    this.#audio.pause()
    this.#remember()
  }

  toggle(track: Track, from?: number): void {
    if (this.has(track) && this.playing) this.pause()
    else this.play(track, this.has(track) ? undefined : from)
  }

  seek(seconds: number): void {
    this.#audio.currentTime = Math.min(Math.max(0, seconds), this.seconds || seconds)
  }

  skip(seconds: number): void {
    this.seek(this.place + seconds)
  }

  nextSpeed(): void {
    const next = SPEEDS.find((speed) => speed > this.speed) ?? SPEEDS[0]
    this.#setSpeed(next)
    rememberSpeed(next)
  }

  #load(track: Track, from: number): void {
    this.#remember()
    this.#track = track
    this.#kept = from
    this.#audio.src = track.audioUrl
    this.#audio.currentTime = from
    this.#setSpeed(rememberedSpeed())
  }

  #setSpeed(speed: number): void {
    this.#audio.defaultPlaybackRate = speed
    this.#audio.playbackRate = speed
  }

  #changed(): void {
    if (Math.abs(this.place - this.#kept) > 5) this.#remember()
    this.dispatchEvent(new Event('change'))
  }

  #remember(): void {
    if (!this.#track || this.#audio.readyState === HTMLMediaElement.HAVE_NOTHING) return

    this.#kept = this.place
    rememberPlace(this.#track.episode, this.place, this.seconds)
  }
}

export const sound = new Sound()
