import { isAdmin, isItsHost, type Actor, type OfPodcast, policy } from '../policies/index.ts'

/** Hosts answer what they are asked; what somebody wrote stays as they wrote it. */
export const { actions, may, mayOrThrow } = policy(
  'request',
  {
    list: isItsHost,
    show: isItsHost,
    message: isItsHost,
    accept: isItsHost,
    pend: isItsHost,
    decline: isItsHost,
    fail: isItsHost,
    update: (actor: Actor, _request: OfPodcast) => isAdmin(actor),
    delete: (actor: Actor, _request: OfPodcast) => isAdmin(actor),
  },
  { hides: true },
)
