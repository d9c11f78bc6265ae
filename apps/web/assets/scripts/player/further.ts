import { actionOf } from './keys.ts'
import { read } from './kept.ts'
import { type Asked, ASKED, Player } from './player.ts'
import { sound } from './sound.ts'

/** The deck, the queue and what else not every visitor needs: fetched when they are asked for. */
const deck = () => import('./deck/deck.ts')

/** Keys, and whatever else a player does not do itself. */
export function playFurther(): void {
  document.addEventListener('keydown', (event) => {
    const action = actionOf(event)
    // Space scrolls, unless there is something to be stopped or to go on.
    const scrolls = event.key === ' ' && !sound.track && !focusedPlayer(event.target)
    if (!action || scrolls) return
    const player = playerFor(event.target)
    if (!player && action !== 'keys') return

    event.preventDefault()
    if (player) player.do(action)
    else void deck().then(({ act }) => act(action))
  })
  document.addEventListener(ASKED, (event) => {
    const { target, detail } = event as Asked
    if (target instanceof Player) void deck().then(({ act }) => act(detail.action, target))
  })
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-enqueue]') : null
    const episode = button?.dataset['enqueue']
    if (episode) void deck().then(({ enqueue }) => enqueue(episode))
  })

  sound.addEventListener('track', () => void deck(), { once: true })
  if (read('now') ?? read('queue')) void deck()
}

/** The one that has the focus, or else the one that is heard, or the one of the page. */
function playerFor(target: EventTarget | null): Player | undefined {
  const ofPage = document.querySelector('show-player')
  const heard =
    ofPage instanceof Player && (ofPage.sounding || !sound.track)
      ? ofPage
      : document.querySelector('show-deck')
  const player = focusedPlayer(target) ?? heard

  return player instanceof Player ? player : undefined
}

function focusedPlayer(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('show-player, show-deck') : null
}
