export { listening } from './listening.ts'
export { performWaiting } from './perform-waiting.ts'
