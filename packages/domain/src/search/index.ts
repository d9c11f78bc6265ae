export { type Found, FOUND_TYPES, type FoundType, search } from './search.ts'
