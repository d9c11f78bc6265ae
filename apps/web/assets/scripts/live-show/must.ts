/** A part of the room, which the page has. */
export function must(part: HTMLElement, selector: string): HTMLElement
export function must<E extends HTMLElement>(
  part: HTMLElement,
  selector: string,
  kind: new () => E,
): E
export function must(
  part: HTMLElement,
  selector: string,
  kind: new () => HTMLElement = HTMLElement,
): HTMLElement {
  const found = part.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`The room has no ${selector}.`)
  return found
}
