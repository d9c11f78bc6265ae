/** A page that is told how it changes has its name and version in its head. */
const PAGE = 'meta[name=live-page]'

export const shownPage = (): HTMLMetaElement | null =>
  document.head.querySelector<HTMLMetaElement>(PAGE)

/** Follows the page that is shown, as soon as there is nothing else to do: it is there already, and reads as it is. */
export function followPages(): void {
  document.addEventListener('turbo:load', () => {
    if (shownPage()) void follow()
  })
}

async function follow(): Promise<void> {
  await idle()
  const { followShownPage } = await import('./live-page-following.ts')
  followShownPage()
}

async function idle(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
  }
  // Safari does not say when it is idle.
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 })
    else setTimeout(resolve, 200)
  })
}
