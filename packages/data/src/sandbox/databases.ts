import { randomBytes } from 'node:crypto'

import { Client } from 'pg'

/** Any fixed number: whoever copies a database holds this lock, as a template may have no visitors. */
const CLONING = 7_402_915_361

/** Copies the database behind a URL, and gives the copy's URL. */
export async function cloneDatabase(url: string): Promise<string> {
  const name = freshName(url)
  await maintenance(url, async (client) => {
    await client.query(`create database ${quote(name)} template ${quote(databaseName(url))}`)
  })
  return withDatabase(url, name)
}

/** Makes a database with nothing in it, beside the one behind a URL. */
export async function createEmptyDatabase(url: string): Promise<string> {
  const name = freshName(url)
  await maintenance(url, async (client) => {
    await client.query(`create database ${quote(name)} template template0`)
  })
  return withDatabase(url, name)
}

function freshName(url: string): string {
  return `${databaseName(url).slice(0, 40)}_${randomBytes(6).toString('hex')}`
}

export async function dropDatabase(url: string): Promise<void> {
  await maintenance(url, async (client) => {
    await client.query(`drop database if exists ${quote(databaseName(url))} with (force)`)
  })
}

/**
 * The one copy that all sandboxes of a template share. Sandboxes may not live in the template itself:
 * PostgreSQL copies no database that anybody is connected to.
 */
export async function sharedClone(url: string): Promise<string> {
  const template = databaseName(url)
  const name = `${template.slice(0, 40)}_sandbox`
  const current = await fingerprint(url)
  await maintenance(url, async (client) => {
    const { rows } = await client.query<{ made_from: string | null }>(
      `select shobj_description(oid, 'pg_database') as made_from from pg_database where datname = $1`,
      [name],
    )
    if (rows[0]?.made_from === current) return
    await client.query(`drop database if exists ${quote(name)} with (force)`)
    await client.query(`create database ${quote(name)} template ${quote(template)}`)
    await client.query(`comment on database ${quote(name)} is '${current}'`)
  })
  return withDatabase(url, name)
}

/** Tells a template from the one before it: another database, or the same with more migrations. */
async function fingerprint(url: string): Promise<string> {
  return maintenance(url, async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      const { rows } = await client.query<{ mark: string }>(
        `select oid || ':' || coalesce((select md5(string_agg(relname || relnatts, ',' order by relname)) from pg_class
           where relnamespace = 'public'::regnamespace), '') as mark
         from pg_database where datname = current_database()`,
      )
      return rows[0]?.mark ?? ''
    } finally {
      await client.end()
    }
  })
}

async function maintenance<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: withDatabase(url, 'postgres') })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [CLONING])
    return await work(client)
  } finally {
    await client.end()
  }
}

function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
