import { Client } from 'pg'
import { kyselySubject } from './kysely-subject.ts'
import { measure } from './measure.ts'
import { pgSubject } from './pg-subject.ts'
import { repoSubject } from './repo-subject.ts'
import { type Answer, type Role, type Task } from './task.ts'
import { notesSql, type Subject, type Work } from './subject.ts'

// The process of one subject: told once what it is, it then does one task after another.

process.once('message', (role: Role) => {
  const subject = subjectOf(role)
  process.on('message', (task: Task) => {
    answer(subject, role, task).then(
      (result) => process.send?.({ result }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : error }),
    )
  })
})
process.once('disconnect', () => process.exit())

function subjectOf({ kind, databaseUrl, inTurn }: Role): Subject {
  if (kind === 'repo') return repoSubject(databaseUrl, inTurn)
  if (kind === 'kysely') return kyselySubject(databaseUrl)
  return pgSubject(databaseUrl, kind === 'pg, prepared')
}

let turn = 1

async function answer(subject: Subject, role: Role, task: Task): Promise<Answer> {
  if (task.task === 'statements') return statements(() => subject.works[task.work](turn++))
  if (task.task === 'levels') return levels(subject, task.parents)
  if (writes(task.work)) await renew(subject, role)
  return measure(() => subject.works[task.work](turn++), task)
}

function writes(work: Work): boolean {
  return work === 'insert' || work === 'update'
}

async function renew(subject: Subject, { kind, databaseUrl }: Role): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(notesSql(kind))
  await client.end()
  await subject.prepare()
}

/** What it keeps is what the heap holds more once everything else is swept away. */
async function levels(subject: Subject, parents: number): Promise<Answer> {
  const before = swept()
  const start = performance.now()
  const rows = await subject.levels(parents)
  const milliseconds = performance.now() - start
  const bytes = swept() - before
  if (rows.length !== parents) throw new Error(`read ${rows.length} of ${parents} episodes`)
  return { milliseconds, bytes }
}

function swept(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Everybody's statements go through pg's Client. */
async function statements(work: () => Promise<unknown>): Promise<Answer> {
  // oxlint-disable-next-line typescript/unbound-method -- it is bound again at each call
  const original = Client.prototype.query
  let count = 0
  const counting = function (this: Client, ...call: unknown[]): unknown {
    count += 1
    return Reflect.apply(original, this, call)
  }
  Object.assign(Client.prototype, { query: counting })
  try {
    await work()
  } finally {
    Object.assign(Client.prototype, { query: original })
  }
  return { count }
}
