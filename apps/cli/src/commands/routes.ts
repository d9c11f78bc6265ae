import { defineCommand } from '../command.ts'
import { print } from '../output.ts'
import { findRoutes } from '../site/routes.ts'

export const command = defineCommand({
  usage: '[part of a path]',
  about: 'Lists every address the site answers at.',
  options: {},
  words: [0, 1],
  examples: [
    ['showrunner routes', 'all of them'],
    ['showrunner routes feed', 'those with "feed" in them'],
  ],
  async run({ positionals: [part = ''] }) {
    const routes = await findRoutes()
    for (const { method, path } of routes.filter((route) => route.path.includes(part))) {
      print(`${method.padEnd(7)} ${path}`)
    }
    return 0
  },
})
