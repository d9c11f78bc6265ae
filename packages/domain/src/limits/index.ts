export { LimitError } from './errors.ts'
export { forgetFreeLimits } from './jobs.ts'
export { type Limit, spend } from './limits.ts'
export { RateLimit } from './rate-limit.ts'
