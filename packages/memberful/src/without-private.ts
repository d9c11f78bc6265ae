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
  /address|card|phone|street|city|postal|postcode|zip|country|^state$|tax|custom_field|tracking|receipt|stripe|paypal|discord|birth|^ip$|password|token|secret/i

/** The same without cards, addresses, phone numbers and the like, at any depth, also where nobody has documented them. */
export function withoutPrivate(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PRIVATE.test(key))
      .map(([key, inside]) => [
        storable(key),
        key === 'member' ? ofMember(inside) : stripped(inside),
      ]),
  )
}

function stripped(value: Json): Json {
  if (typeof value === 'string') return storable(value)
  if (isList(value)) return value.map(stripped)
  return isJsonObject(value) ? withoutPrivate(value) : value
}

/** PostgreSQL keeps no zeros in text, and no halves of characters. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function ofMember(value: Json): Json {
  if (!isJsonObject(value)) return stripped(value)
  const kept = Object.entries(value).filter(([key]) => OF_A_MEMBER.has(key))
  return withoutPrivate(Object.fromEntries(kept))
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Array.isArray does not know readonly arrays.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
