import { type DeskChannel } from '../../../src/channels/desk-channel.ts'
import { liveChannel } from '../live-page-socket.ts'

interface Followed {
  /** What the page that is shown was marked with; nothing where there is none: then it is told at once. */
  readonly seen?: () => string | undefined
  readonly joined?: () => void
  readonly stale: () => void
  /** Nobody will tell: it is not theirs to see, or nothing is heard here. */
  readonly refused?: () => void
}

/** Is told when a page of the desk may be another, also after the line was lost, until the answer is called. */
export function followDesk(topic: string, { seen, joined, stale, refused }: Followed): () => void {
  const params = () => {
    const mark = seen?.()
    return mark === undefined ? {} : { seen: mark }
  }
  const channel = liveChannel<typeof DeskChannel>(topic, params)
  channel.on('stale', stale)
  channel
    .join()
    .receive('ok', () => joined?.())
    .receive('error', () => {
      channel.leave()
      refused?.()
    })
  return () => void channel.leave()
}
