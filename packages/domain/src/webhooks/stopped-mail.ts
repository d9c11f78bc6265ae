import { defineJob } from '@showrunner/jobs'
import { defineMail } from '@showrunner/mail'
import { z } from 'zod'
import { type MailerParts, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { WebhookEndpoint } from './webhook-endpoint.ts'

export interface StoppedParts extends MailerParts {
  /** The address of a webhook's page in the admin area, in full. */
  readonly webhookDeskAddress: (id: number) => string
}

export const webhookStoppedMail = defineMail<{
  readonly name: string
  readonly host: string
  /** Of its page in the admin area. */
  readonly url: string
}>({
  name: 'webhook_stopped',
  trigger: 'When nothing has got through to a webhook for three days, and it is switched off.',
  recipient: 'Each administrator',
  example: {
    name: 'Ada Byron',
    host: 'hooks.example',
    url: 'https://radio.example/admin/webhooks/3',
  },
  write: {
    en: ({ name, host, url }, network) => ({
      subject: `The webhook at ${host} is switched off`,
      parts: [
        `Hello ${name}. For three days nothing that ${network} told the webhook at ${host} got through, so it is switched off: nothing more is sent there.`,
        'Its page shows what was answered. Put right what is wrong, switch it on again, and send again what it missed.',
        { button: 'Look at the webhook', url },
      ],
    }),
  },
})

/** Unless somebody has switched it on again since. */
export const mailWebhookStopped = defineJob({
  name: 'mail_webhook_stopped',
  args: z.object({ endpointId: z.number().int(), personId: z.number().int() }),
  perform: async (parts: StoppedParts, { endpointId, personId }) => {
    const endpoint = await parts.repo.get(WebhookEndpoint, endpointId)
    const person = await parts.repo.get(Person, personId)
    if (!endpoint?.stoppedAt || person?.email == null) return
    const { host } = new URL(endpoint.url)
    const about = { type: 'webhook endpoint', id: endpointId, title: host }
    const props = { name: person.name, host, url: parts.webhookDeskAddress(endpointId) }
    await sendMail(parts, webhookStoppedMail, person.email, props, { about })
  },
})
