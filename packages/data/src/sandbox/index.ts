export {
  inSandbox,
  openSandbox,
  sandboxed,
  sandboxes,
  testDatabase,
  type SandboxedBody,
  type TestDatabase,
} from './sandbox.ts'
