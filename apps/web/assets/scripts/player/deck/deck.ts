import { type Action } from '../keys.ts'
import { write } from '../kept.ts'
import { announceSound } from '../media-session.ts'
import { type Player } from '../player.ts'
import { sound } from '../sound.ts'
import { momentCode } from '../time-code.ts'
import { type Track } from '../track.ts'
import { chooseKeys, drawKeys } from './keys-sheet.ts'
import { drawChapters, showChapters } from './chapters-sheet.ts'
import { drawEnqueueButtons } from './enqueue-buttons.ts'
import { drawQueue, showQueue } from './queue-sheet.ts'
import { drawSleep, showSleep } from './sleep-sheet.ts'
import { detailsOf } from './details.ts'
import { queue } from './kept-queue.ts'
import { rememberTrack } from './last-track.ts'
import { nextStart, previousStart } from './neighbours.ts'
import { fetchParts } from './parts.ts'
import { closeSheetsWhenDone, openSheet } from './sheet.ts'
import { ShowDeck } from './show-deck.ts'
import { sleeper } from './sleeper.ts'
import { words } from './words.ts'

const SHEETS = {
  chapters: drawChapters,
  queue: drawQueue,
  sleep: drawSleep,
  keys: drawKeys,
} as const

let opening: Promise<void> | undefined

start()

/** Does what a player was asked for, by a button or a key; without a player only what is of no episode. */
export async function act(action: Action, player?: Player): Promise<void> {
  await opened()
  if (isSheet(action)) {
    SHEETS[action]()
    openSheet(action)
  } else if (action === 'close') close()
  else if (!player?.track) return
  else if (action === 'next-chapter') await leap(player, nextStart)
  else if (action === 'previous-chapter') await leap(player, previousStart)
  else if (action === 'enqueue') switchQueued(player.track)
  else if (action === 'copy') await copyMoment(player.track, player.place)
}

/** Adds the episode at an address to the queue, or takes it out. */
export async function enqueue(episode: string): Promise<void> {
  await opened()
  const track = queue.tracks.find((one) => one.episode === episode)
  const found = track ?? (await detailsOf(episode))?.track

  if (found) switchQueued(found)
  else say(words.unreachable)
}

/** What goes on without anything to be seen of it. */
function start(): void {
  rememberTrack()
  followQueue()
  drawEnqueueButtons()
  document.addEventListener('turbo:load', drawEnqueueButtons)
  document.addEventListener('live-page:morphed', drawEnqueueButtons)
  queue.addEventListener('change', drawEnqueueButtons)
  sound.addEventListener('track', () => void learnChapters())
  sound.addEventListener('track', () => void opened())
  announceSound({
    previous: () => sound.seek(previousStart(sound.chapters, sound.place)),
    next: playNextPart,
  })
  closeSheetsWhenDone()
  showQueue(say)
  showChapters()
  showSleep(say)
  chooseKeys()
  void learnChapters()
  void opened()
}

/** The deck is there, if there is a way to it: where the line was lost the next one who asks tries again. */
function opened(): Promise<void> {
  opening ??= open().catch(() => {
    opening = undefined
  })
  return opening
}

async function open(): Promise<void> {
  await fetchParts()
  customElements.define('show-deck', ShowDeck)
}

function followQueue(): void {
  sound.addEventListener('ended', () => {
    if (!sleeper.endsWithEpisode()) playNext()
  })
  // What is heard waits no longer, however it came to be heard.
  sound.addEventListener('track', () => {
    if (!sound.track) return
    write('closed', null)
    queue.remove(sound.track.episode)
  })
}

function playNext(): void {
  const next = queue.shift()
  if (next) sound.play(next)
}

function playNextPart(): void {
  const start = nextStart(sound.chapters, sound.place)
  if (start === undefined) playNext()
  else sound.seek(start)
}

async function learnChapters(): Promise<void> {
  const { track } = sound
  if (!track) return
  const details = await detailsOf(track.episode)

  if (details && sound.has(track)) sound.chapters = details.chapters
}

async function leap(player: Player, startOf: typeof nextStart): Promise<void> {
  const { track } = player
  const details = track && (await detailsOf(track.episode))
  const start = details && startOf(details.chapters, player.place)

  if (start !== undefined && details && details.chapters.length > 0) player.seek(start)
}

function switchQueued(track: Track): void {
  const { episode, title } = track
  if (queue.has(episode)) {
    queue.remove(episode)
    say(words.removed(title))
  } else if (sound.has(track)) say(words.heardNow(title))
  else {
    write('closed', null)
    queue.add(track)
    say(queue.has(episode) ? words.queued(title) : words.queueFull)
  }
}

/** Out of the way, until something else is heard or waits to be. */
function close(): void {
  sleeper.set(undefined)
  write('closed', 'yes')
  sound.clear()
}

async function copyMoment({ episode }: Track, place: number): Promise<void> {
  const address = new URL(episode, location.origin)
  if (place >= 1) address.searchParams.set('t', momentCode(place))
  try {
    await navigator.clipboard.writeText(address.href)
    say(words.linkCopied)
  } catch {
    say(words.notCopied)
  }
}

function say(text: string): void {
  const deck = document.querySelector('show-deck')
  if (deck instanceof ShowDeck) deck.say(text)
}

function isSheet(action: Action): action is keyof typeof SHEETS {
  return action in SHEETS
}
