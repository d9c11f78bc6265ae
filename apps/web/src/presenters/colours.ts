/** A colour as red, green and blue, each from 0 to 1, gamma-encoded as in `#rrggbb`. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** What WCAG 2.2 AA asks of text. */
const READABLE = 4.5

const WHITE: Rgb = [1, 1, 1]
const BLACK: Rgb = [0, 0, 0]

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)

  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

export function toHex(colour: Rgb): string {
  const digits = colour.map((part) =>
    Math.round(Math.min(1, Math.max(0, part)) * 255)
      .toString(16)
      .padStart(2, '0'),
  )

  return `#${digits.join('')}`
}

/** WCAG's contrast ratio, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)

  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** The colour nearest to the one asked for in which text can be read on this ground. */
export function readableOn(ground: Rgb, colour: Rgb): Rgb {
  const target = luminance(ground) > 0.18 ? BLACK : WHITE
  const steps = Array.from({ length: 41 }, (_, step) => mix(colour, target, step / 40))

  return steps.find((step) => contrast(step, ground) >= READABLE) ?? target
}

/** Black or white, whichever reads better on it. */
export function inkOn(ground: Rgb): Rgb {
  return contrast(WHITE, ground) >= contrast(BLACK, ground) ? WHITE : BLACK
}

// Mixed in OKLab, where a blue made lighter stays blue.
function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const [a, b] = [toOklab(from), toOklab(to)]

  return fromOklab([
    a[0] + (b[0] - a[0]) * share,
    a[1] + (b[1] - a[1]) * share,
    a[2] + (b[2] - a[2]) * share,
  ])
}

type Oklab = readonly [lightness: number, a: number, b: number]

function toOklab(colour: Rgb): Oklab {
  const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)

  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([lightness, a, b]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3

  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function luminance(colour: Rgb): number {
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function encoded(part: number): number {
  if (part <= 0) return 0

  return part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055
}
