export { pubSubContract, type Connect } from './pubsub-contract.ts'
