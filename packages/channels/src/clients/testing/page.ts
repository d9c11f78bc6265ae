/** The script of a page: it plays what it is told to, and shows who is in the room it entered. */
import { guest, type Guest } from './guest.ts'
import { type Library, type Speech } from './library.ts'
import { play, type Scenario } from './scenarios.ts'

interface Page {
  readonly Phoenix: Library
  readonly document: { querySelector(selector: string): { textContent: string } }
  play?: (
    scenario: Scenario,
    visit: Speech & { room: string; endPoint: string },
  ) => Promise<unknown>
  enter?: (room: string, name: string) => Promise<void>
  refs?: () => readonly string[]
  heard?: () => readonly string[]
}

const page = globalThis as unknown as Page
let visitor: Guest | undefined

page.play = (scenario, visit) => play(scenario, { ...visit, library: page.Phoenix })

page.enter = async (room, name) => {
  visitor = await guest({
    library: page.Phoenix,
    transport: 'websocket',
    endPoint: '/socket',
    room,
    name,
    options: { heartbeatIntervalMs: 1_000 },
  })
  const { lists } = visitor.present
  const show = () => {
    const here = Object.keys(lists.all.at(-1) ?? {}).join(' ')
    page.document.querySelector('#here').textContent = here
  }
  show()
  lists.onAdd(show)
}

page.refs = () => visitor?.present.refs() ?? []
page.heard = () => visitor?.said.all ?? []
