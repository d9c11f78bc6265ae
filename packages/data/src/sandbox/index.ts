export { openSandbox, sandboxed, testDatabase, type Sandbox, type TestDatabase } from './sandbox.ts'
