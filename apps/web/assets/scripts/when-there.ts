import { MORPHED } from './live-page-morphed.ts'

/** Fetches what an element takes with the first page that has one: most have none. */
export function whenThere(selector: string, fetch: () => Promise<void>): void {
  let fetched: Promise<void> | undefined
  const look = () => {
    if (!fetched && document.querySelector(selector)) fetched = fetch()
  }
  look()
  document.addEventListener('turbo:load', look)
  document.addEventListener(MORPHED, look)
}
