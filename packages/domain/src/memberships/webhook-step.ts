import { build, type Repo, schema, t, type Row } from '@showrunner/data'

/** Something that came of an event, in words for who looks after members. */
export const WebhookStep = schema('webhook_steps', {
  id: t.id(),
  eventId: t.reference(),
  words: t.string(),
  failed: t.boolean().default(false),
  at: t.datetime(),
})
export type WebhookStep = Row<typeof WebhookStep>

/** Writes down what came of an event; in a transaction it is a part of that. */
export async function noteSteps(
  repo: Repo,
  eventId: number,
  words: readonly string[],
  { at, failed = false }: { readonly at: Date; readonly failed?: boolean },
): Promise<void> {
  for (const one of words) {
    await repo.insertOrThrow(build(WebhookStep, { eventId, words: one, failed, at }))
  }
}
