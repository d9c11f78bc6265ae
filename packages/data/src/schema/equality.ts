/** Same content, however deep: objects by their keys, lists in order, dates by their moment. */
export function sameContent(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime()
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    return Buffer.compare(left, right) === 0
  }
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const entries = Object.entries(left)
  return (
    entries.length === Object.keys(right).length &&
    entries.every(
      ([key, value]) => Object.hasOwn(right, key) && sameContent(value, Reflect.get(right, key)),
    )
  )
}

/** `"1"` and `"1.00"` are one number. */
export function sameDecimal(left: unknown, right: unknown): boolean {
  return normalDecimal(String(left)) === normalDecimal(String(right))
}

/** Below, above or at zero as the left number is below, above or at the right one. No float rounds them. */
export function compareDecimals(left: number | string, right: number | string): number {
  const [a, b] = [normalDecimal(String(left)), normalDecimal(String(right))]
  if (a === b) return 0
  const [isNegative, otherIsNegative] = [a.startsWith('-'), b.startsWith('-')]
  if (isNegative !== otherIsNegative) return isNegative ? -1 : 1
  return isNegative ? comparePositive(b.slice(1), a.slice(1)) : comparePositive(a, b)
}

function comparePositive(left: string, right: string): number {
  const [whole = '', decimals = ''] = left.split('.')
  const [otherWhole = '', otherDecimals = ''] = right.split('.')
  if (whole.length !== otherWhole.length) return whole.length - otherWhole.length
  if (whole !== otherWhole) return whole < otherWhole ? -1 : 1
  return decimals < otherDecimals ? -1 : 1
}

/** `P1W` and `P7D` are one length of time; `P1D` and `PT24H` are not, nor are `P1M` and any number of days. */
export function sameDuration(left: unknown, right: unknown): boolean {
  return sameContent(partsOfDuration(String(left)), partsOfDuration(String(right)))
}

function partsOfDuration(text: string): readonly number[] {
  const [date = '', time = ''] = text.toUpperCase().slice(1).split('T')
  const part = (of: string, unit: string): number =>
    Number(new RegExp(`([+-]?[\\d.]+)${unit}`).exec(of)?.[1] ?? 0)
  return [
    part(date, 'Y') * 12 + part(date, 'M'),
    part(date, 'W') * 7 + part(date, 'D'),
    (part(time, 'H') * 60 + part(time, 'M')) * 60 + part(time, 'S'),
  ]
}

/** The shortest way to write a number: `1`, not `+1.00`. */
function normalDecimal(text: string): string {
  const plain = plainDecimal(text)
  const short = plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
  return short === '-0' ? '0' : short
}

/** As PostgreSQL prints a `numeric`: `1500.0` for `+1.5000e3`. Zeros at the end stay. */
export function plainDecimal(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.')
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const integer = digits
    .slice(0, Math.max(point, 0))
    .padEnd(point, '0')
    .replace(/^0+(?=.)/, '')
  const decimals = digits.slice(Math.max(point, 0)).padStart(digits.length - point, '0')
  const plain = decimals === '' ? integer : `${integer || '0'}.${decimals}`
  return /[1-9]/.test(plain) ? sign + plain : plain
}
