export { beat, type Pulse } from './pulse.ts'
