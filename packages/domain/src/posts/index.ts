export { actions, may, mayOrThrow } from './policy.ts'
