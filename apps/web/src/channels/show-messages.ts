import { refuse, type Refusal } from '@showrunner/channels'
import { errorMessages, type AnyChangeset } from '@showrunner/data'
import { type ChatMessage, type LiveShow, liveStatus } from '@showrunner/domain/live'
import { addresses } from '../addresses.ts'

interface Author {
  readonly name: string
  readonly handle: string
}

/** A message of the chat, as browsers get it. */
export function messageOf({
  id,
  personId,
  text,
  insertedAt,
  person,
}: ChatMessage & { readonly person: Author | null }) {
  return {
    id,
    personId,
    name: person?.name ?? 'Somebody',
    href: person && addresses.person(person.handle),
    text,
    at: insertedAt.toISOString(),
  }
}

/** What holds for the chat of a show. */
export function settingsOf(show: LiveShow) {
  const { chatEnabled, slowModeSeconds } = show
  return { chatEnabled, slowModeSeconds, isOver: liveStatus(show) === 'ended' }
}

/** What was wrong with what somebody wrote. */
export function refusalOf(changeset: AnyChangeset): Refusal {
  const [message = 'cannot be said'] = errorMessages(changeset)['text'] ?? []
  return refuse(`What you write ${message}.`)
}
