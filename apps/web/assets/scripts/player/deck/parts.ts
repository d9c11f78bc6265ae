import style from '../../../styles/deck.css?url'

/** The deck and its sheets as the site writes them, in its language. */
let parts: DocumentFragment | undefined

/** Fetches what the deck is made of, once. */
export async function fetchParts(): Promise<void> {
  const language = document.documentElement.lang
  const [response] = await Promise.all([
    fetch('/player', { headers: { accept: 'text/html', 'accept-language': language } }),
    addStyle(),
  ])
  if (!response.ok) throw new Error(`The player's parts: ${response.status}`)

  const template = document.createElement('template')
  template.innerHTML = await response.text()
  parts = template.content
}

/** Anew for every page that has a deck of its own. */
export function freshParts(): Node {
  return parts?.cloneNode(true) ?? new DocumentFragment()
}

async function addStyle(): Promise<void> {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style })
  const arrived = new Promise((resolve) => {
    link.addEventListener('load', resolve)
    link.addEventListener('error', resolve)
  })
  document.head.append(link)
  await arrived
}
