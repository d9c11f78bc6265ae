export { pubSubContract, type Connect } from './pubsub-contract.ts'
export { NO_NATS, natsServer, type NatsServer } from './nats-server.ts'
export { NO_DATABASE, ownDatabase, type OwnDatabase } from './own-database.ts'
