export { type PubSubOptions } from './create-pubsub.ts'
export { BroadcastError } from './errors.ts'
export {
  localNetwork,
  localPubSub,
  type LocalNetwork,
  type LocalPubSubOptions,
} from './local/local-pubsub.ts'
export { natsPubSub, type NatsPubSubOptions } from './nats/nats-pubsub.ts'
export { postgresPubSub, type PostgresPubSubOptions } from './postgres/postgres-pubsub.ts'
export {
  type ConnectionEvent,
  type Listener,
  type Log,
  type Message,
  type PubSub,
  type Subscription,
} from './pubsub.ts'
