/** The migrations and the database do not fit, or one of them failed. The database is as it was. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
