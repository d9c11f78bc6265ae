import { type Client } from 'pg'

/** How long a large message is kept for those who were told of it. */
const KEPT = '1 minute'

// Any fixed number: two nodes that start at once would both create the table.
const CREATING = 7_402_915_362

/** Unlogged: a message is worth nothing after a crash, and needs no second write. */
const TABLE = `
  create schema if not exists showrunner_pubsub;
  create unlogged table if not exists showrunner_pubsub.messages (
    id text primary key,
    body bytea not null,
    inserted_at timestamptz not null default now()
  )`

export async function createMessagesTable(client: Client): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    `select to_regclass('showrunner_pubsub.messages') is not null as found`,
  )
  if (rows[0]?.found) return
  await client.query('select pg_advisory_lock($1)', [CREATING])
  try {
    await client.query(TABLE)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [CREATING])
  }
}

export async function findBody(client: Client, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await client.query<{ body: Uint8Array }>({
    name: 'pubsub body',
    text: 'select body from showrunner_pubsub.messages where id = $1',
    values: [id],
  })
  return rows[0]?.body
}

export async function deleteOldBodies(client: Client): Promise<void> {
  await client.query(
    `delete from showrunner_pubsub.messages where inserted_at < now() - interval '${KEPT}'`,
  )
}
