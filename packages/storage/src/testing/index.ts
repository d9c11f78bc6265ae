export { temporaryStorage } from './temporary-storage.ts'
