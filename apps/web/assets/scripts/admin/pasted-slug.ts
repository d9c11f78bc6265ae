import { lastPart } from './last-part.ts'

/** Of an address that is pasted where a slug stands, the last part stays. */
export function keepLastPart(event: ClipboardEvent): void {
  const { target } = event
  if (!(target instanceof HTMLInputElement) || target.name !== 'slug') return
  const slug = lastPart(event.clipboardData?.getData('text') ?? '')
  if (slug === undefined) return

  event.preventDefault()
  target.value = slug
  target.dispatchEvent(new Event('input', { bubbles: true }))
}
