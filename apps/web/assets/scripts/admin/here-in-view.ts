/** Where the way through the admin area scrolls sideways, as on a phone, it begins with where somebody is. */
export function showHere(): void {
  document.addEventListener('turbo:load', scrollToHere)
}

function scrollToHere(): void {
  for (const nav of document.querySelectorAll<HTMLElement>('.rooms, .tabs')) {
    const here = nav.querySelector('[aria-current="page"]')
    if (!here || nav.scrollWidth <= nav.clientWidth) continue
    const [link, frame] = [here.getBoundingClientRect(), nav.getBoundingClientRect()]
    nav.scrollLeft += link.left - frame.left - (frame.width - link.width) / 2
  }
}
