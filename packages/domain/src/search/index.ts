export { type Found, FOUND_TYPES, type FoundType, searchDesk } from './desk.ts'
