export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** What a member is known by. Anything else that Memberful may come to say of one is nobody's business here. */
const OF_A_MEMBER = new Set([
  'id',
  'email',
  'first_name',
  'last_name',
  'full_name',
  'username',
  'created_at',
  'signup_method',
  'unrestricted_access',
  'deleted',
])

/** Where they live, how they are called up, what they pay with and what they were asked, whatever it is inside of. */
const PRIVATE =
  /address|card|phone|mobile|^tel|street|city|postal|postcode|zip|country|county|province|region|^state$|billing|shipping|payment|last_?4|last_four|^exp_|cvc|cvv|iban|bank|tax|^vat|custom_field|tracking|receipt|stripe|paypal|discord|birth|^ip$|password|token|secret/i

/** What is inside of more than this says nothing to anybody; whoever writes it wants a program to fall over it. */
const DEEPEST = 20

/** The same without cards, addresses, phone numbers and the like, at any depth, also where nobody has documented them. */
export function withoutPrivate(value: JsonObject, depth = 0): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PRIVATE.test(key))
      .map(([key, inside]) => [
        storable(key),
        key === 'member' ? ofMember(inside, depth + 1) : stripped(inside, depth + 1),
      ]),
  )
}

function stripped(value: Json, depth: number): Json {
  if (typeof value === 'string') return storable(value)
  if (depth > DEEPEST && typeof value === 'object') return null
  if (isList(value)) return value.map((inside) => stripped(inside, depth + 1))
  return isJsonObject(value) ? withoutPrivate(value, depth) : value
}

/** PostgreSQL keeps no zeros in text, and no halves of characters. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function ofMember(value: Json, depth: number): Json {
  if (!isJsonObject(value) || depth > DEEPEST) return stripped(value, depth)
  const kept = Object.entries(value).filter(([key]) => OF_A_MEMBER.has(key))
  return withoutPrivate(Object.fromEntries(kept), depth)
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Array.isArray does not know readonly arrays.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
