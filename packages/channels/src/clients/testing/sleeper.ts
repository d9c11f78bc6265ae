// A client in a process of its own, which tells its parent what it hears.
import { guest } from './guest.ts'
import { libraryOf } from './libraries.ts'

const [endPoint = '', room = '', name = ''] = process.argv.slice(2)
process.once('disconnect', () => process.exit())

const one = await guest({
  library: libraryOf('phoenix'),
  transport: 'websocket',
  endPoint,
  room,
  name,
  options: { heartbeatIntervalMs: 500 },
})
for (let heard = 1; ; heard++) process.send?.((await one.said.count(heard)).at(-1))
