/** Memberful did not say what it was asked. Holds no key and nobody's data. */
export class MemberfulError extends Error {
  override readonly name = 'MemberfulError'
}
