const COOKIE = 'showrunner_visitor=1'
const NAME = '/~/visitor'

/**
 * Pages of the site are the same for everybody, and kept by caches: at their foot stands the way in. Whoever is in finds their
 * name there instead, which is fetched after the page and stays from page to page.
 */
export function showVisitor(): void {
  document.addEventListener('turbo:load', () => void show())
}

async function show(): Promise<void> {
  const place = document.querySelector<HTMLElement>('#visitor')
  if (!place) return
  const isIn = document.cookie.split('; ').includes(COOKIE)
  const isNamed = place.dataset['named'] !== undefined
  if (isIn === isNamed) return
  if (isIn) {
    const response = await fetch(NAME, { headers: { accept: 'text/html' } })
    if (response.status !== 200) return
    place.innerHTML = await response.text()
    place.dataset['named'] = ''
  } else {
    place.innerHTML = '<a href="/in" rel="nofollow">Sign in</a>'
    delete place.dataset['named']
  }
}
