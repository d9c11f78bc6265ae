import { quoted } from '../../query/statement.ts'
import { type Column } from '../../schema/schema.ts'

/** `"id", "published_at"` */
export function columnList(columns: readonly Column[]): string {
  return columns.map(({ column }) => quoted(column)).join(', ')
}
