import { read, readJson, write } from './kept.ts'
import { asPlaces, placeIn, withPlace } from './places.ts'
import { SPEEDS } from './speeds.ts'

/** Where the listener left off. A browser that keeps nothing begins at the start. */
export function rememberedPlace(episode: string): number {
  return placeIn(asPlaces(readJson('places')), episode)
}

export function rememberPlace(episode: string, seconds: number, of: number): void {
  const places = withPlace(asPlaces(readJson('places')), episode, { seconds, of })

  write('places', JSON.stringify(places))
}

export function rememberedSpeed(): number {
  const kept = Number(read('speed'))

  return SPEEDS.find((speed) => speed === kept) ?? 1
}

export function rememberSpeed(speed: number): void {
  write('speed', String(speed))
}

export interface Volume {
  readonly volume: number
  readonly muted: boolean
}

export function rememberedVolume(): Volume {
  const volume = Number(read('volume') ?? 1)

  return { volume: volume >= 0 && volume <= 1 ? volume : 1, muted: read('muted') === 'yes' }
}

export function rememberVolume({ volume, muted }: Volume): void {
  write('volume', volume === 1 ? null : volume.toFixed(2))
  write('muted', muted ? 'yes' : null)
}
