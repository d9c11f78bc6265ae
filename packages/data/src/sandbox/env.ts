/** The migrated database that tests work on or clone, as a URL whose role may create databases. */
export function testDatabaseUrl(): string | undefined {
  return process.env['TEST_DATABASE_URL'] || undefined
}
