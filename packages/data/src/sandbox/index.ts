export {
  inSandbox,
  openSandbox,
  sandboxed,
  sharedRepo,
  testDatabase,
  type SandboxedBody,
  type TestDatabase,
} from './sandbox.ts'
