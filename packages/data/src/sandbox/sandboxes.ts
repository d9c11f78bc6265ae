export {
  createSandboxes,
  type Sandbox,
  type Sandboxes,
  type SandboxOptions,
} from './create-sandboxes.ts'
export { asOwnerOf, decodeTokens, encodeTokens, SANDBOX_HEADER, userAgentWith } from './token.ts'
