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

function normalDecimal(text: string): string {
  if (/e/i.test(text)) return normalDecimal(withoutExponent(text))
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const decimals = fraction.replace(/0+$/, '')
  const digits = whole.replace(/^0+/, '') || '0'
  const plain = decimals === '' ? digits : `${digits}.${decimals}`
  return negative && plain !== '0' ? `-${plain}` : plain
}

function withoutExponent(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.')
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`
}
