import { type Actor } from './actor.ts'

interface Refused {
  readonly resource: string
  readonly on: object | undefined
  readonly isHidden: boolean
}

/** Somebody asked for what they may not do. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError'
  /** Nobody's when they are not signed in. */
  readonly personId: number | undefined
  readonly action: string
  readonly resource: string
  /** They may not even see it: they are answered as if it were not there. */
  readonly isHidden: boolean

  constructor(actor: Actor, action: string, { resource, on, isHidden }: Refused) {
    super(`${who(actor)} may not "${action}" ${what(resource, on)}.`)
    this.personId = actor.person?.id
    this.action = action
    this.resource = resource
    this.isHidden = isHidden
  }
}

function who({ person, isEditor, hostOf }: Actor): string {
  if (!person) return 'Somebody who is not signed in'

  const roles = [
    ...(isEditor ? ['editor'] : []),
    ...(hostOf.length > 0 ? [`host of ${hostOf.join(', ')}`] : []),
  ]
  return `"${person.handle}" (person ${person.id}, ${roles.join(' and ') || 'member'})`
}

function what(resource: string, on: object = {}): string {
  const { id, podcastId } = on as { readonly id?: unknown; readonly podcastId?: unknown }
  return [
    `the ${resource}`,
    ...(typeof id === 'number' ? [String(id)] : []),
    ...(typeof podcastId === 'number' ? [`of podcast ${podcastId}`] : []),
  ].join(' ')
}
