export {
  answer,
  refuse,
  welcome,
  type Answer,
  type Later,
  type Refusal,
  type Welcome,
} from './answers.ts'
export {
  channelFor,
  type Channel,
  type ChannelDefinition,
  type EndReason,
  type Handlers,
  type Joining,
} from './channel.ts'
export {
  connected,
  notConnected,
  type Connected,
  type ConnectRequest,
  type NotConnected,
} from './connect.ts'
export { defineChannel, type Declaration } from './declaration.ts'
export { ChannelError, FrameError } from './errors.ts'
export { LIMITS, type Limits } from './limits.ts'
export { type SocketEvent } from './observing.ts'
export {
  createSockets,
  type DrainOptions,
  type SocketInfo,
  type Sockets,
  type SocketsOptions,
} from './sockets.ts'
export { channels, type ChannelsOptions } from './channels.ts'
export { type CheckOrigin } from './origin.ts'
export { rebalancing, type RebalancingOptions } from './rebalancing/rebalancing.ts'
