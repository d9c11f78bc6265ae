export { openDatabase, type Database } from './open-database.ts'
export { openThrowaway, type Throwaway } from './throwaway.ts'
export { connected, withDatabase } from './connection.ts'
export { isFree } from './ports.ts'
