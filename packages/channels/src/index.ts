export {
  answer,
  channelFor,
  refuse,
  welcome,
  type Answer,
  type Channel,
  type ChannelDefinition,
  type EndReason,
  type Handlers,
  type Joining,
  type Later,
  type Refusal,
  type Welcome,
} from './channel.ts'
export {
  connected,
  notConnected,
  type Connected,
  type ConnectRequest,
  type NotConnected,
} from './connect.ts'
export { defineChannel, type Declaration } from './declaration.ts'
export { ChannelError, FrameError, NotJoinedError } from './errors.ts'
export { LIMITS, type Limits } from './limits.ts'
export {
  createSockets,
  type DrainOptions,
  type SocketInfo,
  type Sockets,
  type SocketsOptions,
} from './sockets.ts'
export { channels, type ChannelsOptions } from './channels.ts'
export { type CheckOrigin } from './origin.ts'
