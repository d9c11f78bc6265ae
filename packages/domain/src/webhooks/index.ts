export { type WebhookParts } from './deliver.ts'
export { deliverWebhook, forgetDeliveries } from './jobs.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { SIGNATURE_HEADER, signatureOf } from './signature.ts'
export { mailWebhookStopped, type StoppedParts, webhookStoppedMail } from './stopped-mail.ts'
export { tellOfChangedEpisode, tellOfEpisode } from './tell-episode.ts'
export { tellMemberJoined, tellMemberLeft } from './tell-member.ts'
export { tellWebhooks } from './tell-webhooks.ts'
export { WebhookAttempt } from './webhook-attempt.ts'
export {
  DELIVERY_STATES,
  type DeliveryState,
  MOST_TRIES,
  type TriedDelivery,
  WebhookDelivery,
  type WebhookPayload,
} from './webhook-delivery.ts'
export {
  WEBHOOK_EVENTS,
  WebhookEndpoint,
  webhookEndpointChangeset,
  type WebhookEvent,
} from './webhook-endpoint.ts'
export {
  createWebhook,
  deleteWebhook,
  editWebhook,
  getDelivery,
  getWebhook,
  listDeliveries,
  type ListedEndpoint,
  listStopped,
  listTellable,
  listWebhooks,
  redeliver,
  redeliverFailed,
  renewSecret,
  sendTest,
  updateWebhook,
} from './webhooks.ts'
