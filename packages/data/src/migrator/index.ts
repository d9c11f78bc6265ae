export { MigrationError } from './errors.ts'
export {
  migrate,
  rollback,
  status,
  type MigrationStatus,
  type MigrationStep,
  type MigratorOptions,
} from './migrator.ts'
