import { addresses } from '../addresses.ts'

/** Said on every page while somebody acts in another's name. */
export interface MasqueradeBar {
  readonly as: string
  readonly by: string
  readonly stopAction: string
}

interface Masquerading {
  readonly person: { readonly name: string }
  readonly masquerader?: { readonly name: string } | null
}

export function masqueradeBar({ person, masquerader }: Masquerading): MasqueradeBar | null {
  if (!masquerader) return null
  return { as: person.name, by: masquerader.name, stopAction: addresses.stopMasquerade }
}
