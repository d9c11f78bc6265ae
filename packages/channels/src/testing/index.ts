export { connect, type ConnectOptions } from './connect.ts'
export { type TestChannel } from './test-channel.ts'
export { type TestClient } from './test-client.ts'
export { type TestPush } from './test-push.ts'
