export {
  type Actor,
  isAdmin,
  isEditor,
  isHost,
  isItsHost,
  isSelf,
  isStaff,
  type OfPodcast,
  type Somebody,
  VISITOR,
} from './actor.ts'
export { NotAllowedError } from './errors.ts'
export { type Policy, policy } from './policy.ts'
export { repoFor } from './repo-for.ts'
