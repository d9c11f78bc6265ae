import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A server whose role may create databases. */
export function testDatabaseUrl(): string | undefined {
  return process.env['TEST_DATABASE_URL'] || undefined
}

/** A NATS that is there already. */
export function natsUrl(): string | undefined {
  return process.env['NATS_URL'] || undefined
}

/** Where a program is that can be called by its name. */
export function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
