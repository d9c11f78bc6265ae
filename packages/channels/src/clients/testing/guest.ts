/** Somebody who is in a room and stays, whatever happens. Runs in Node and in pages. */
import {
  answered,
  open,
  presences,
  type Answered,
  type ClientSocket,
  type Library,
  type Presences,
  type Speech,
} from './library.ts'
import { Seen } from './seen.ts'

export interface GuestOptions extends Speech {
  readonly library: Library
  readonly endPoint: string
  readonly room: string
  readonly name: string
  readonly device?: string
  /** Of the socket. */
  readonly options?: object
}

export interface Guest {
  readonly socket: ClientSocket
  readonly present: Presences
  readonly said: Seen<string>
  /** By which its sockets were closed. */
  readonly codes: Seen<number | undefined>
  /** It is let in, again and again. */
  readonly joins: Seen<unknown>
  say(text: string): Promise<Answered>
  /** Until this is the list. */
  sees(list: Record<string, readonly string[]>): Promise<void>
  leave(): void
}

export async function guest(given: GuestOptions): Promise<Guest> {
  const { library, room, name, device = '', options = {} } = given
  const socket = open({ ...given, opened: [] }, {}, options)
  const channel = socket.channel(room, { name, device })
  const present = presences(library, channel)
  const [said, codes, joins] = [new Seen<string>(), new Seen<number | undefined>(), new Seen()]
  channel.on('said', ({ text }: { text: string }) => said.add(text))
  socket.onClose((event) => codes.add(event?.code))
  channel.join().receive('ok', (response) => joins.add(response))
  await joins.count(1)
  return {
    socket,
    present,
    said,
    codes,
    joins,
    say: (text) => answered(channel.push('say', { text })),
    async sees(list) {
      const wanted = JSON.stringify(list)
      await present.lists.until((all) => JSON.stringify(all.at(-1)) === wanted)
    },
    leave: () => socket.disconnect(),
  }
}
