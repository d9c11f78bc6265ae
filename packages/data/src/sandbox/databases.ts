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
