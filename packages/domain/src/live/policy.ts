import { type Actor, isItsHost, policy } from '../policies/index.ts'

const isSignedIn = ({ person }: Actor) => person !== undefined

/** Whoever works on a podcast makes its live shows, and looks after who chats there. */
export const { actions, may, mayOrThrow } = policy('live show', {
  plan: isItsHost,
  produce: isItsHost,
  moderate: isItsHost,
  /** Somebody with a name; who is muted may not, whoever they are. */
  chat: isSignedIn,
})
