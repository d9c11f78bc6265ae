const COOKIE = 'showrunner_masquerade=1'
const BAR = '/~/masquerade'

/**
 * Pages of the site are the same for everybody, and kept by caches. Whoever acts in somebody else's name is told so by what
 * is fetched here, on every page.
 */
export function showMasquerade(): void {
  document.addEventListener('turbo:load', () => void show())
}

async function show(): Promise<void> {
  if (!document.cookie.split('; ').includes(COOKIE)) return
  const response = await fetch(BAR, { headers: { accept: 'text/html' } })
  // It may have ended, and the page may say it itself.
  if (response.status !== 200 || document.querySelector('.masquerade')) return
  document.querySelector('.skip')?.insertAdjacentHTML('afterend', await response.text())
}
