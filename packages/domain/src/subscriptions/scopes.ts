import { from } from '@showrunner/data'
import { Subscription } from './subscription.ts'

/** All that a podcast ever had; of none, the newsletter's. */
export function to(podcastId: number | null) {
  const all = from(Subscription)
  return podcastId === null ? all.where('podcastId', 'is', null) : all.where({ podcastId })
}

/** Who is mailed of each issue of the newsletter. */
export function readers() {
  return to(null).where('unsubscribedAt', 'is', null)
}
