/** The script of a page: it plays what it is told to. */
import { type Library, type Speech } from './library.ts'
import { play, type Scenario } from './scenarios.ts'

interface Page {
  readonly Phoenix: Library
  play?: (
    scenario: Scenario,
    visit: Speech & { room: string; endPoint: string },
  ) => Promise<unknown>
}

const page = globalThis as unknown as Page

page.play = (scenario, visit) => play(scenario, { ...visit, library: page.Phoenix })
