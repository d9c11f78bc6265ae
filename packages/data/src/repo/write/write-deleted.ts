import { type AnyChangeset } from '../../changeset/changeset.ts'
import { compared } from '../../query/conditions.ts'
import { EMPTY } from '../../query/model.ts'
import { deleteAll, updateAll } from './update-all.ts'
import { deleteJoins } from './write-many-to-many.ts'
import { writePlan } from './write-plan.ts'
import { type Writer } from './write-row.ts'

/** Deletes or lets go what hangs on a row that is about to be deleted, where an association says so. */
export async function deleteAssociated(
  writer: Writer,
  { schema, row }: AnyChangeset,
): Promise<void> {
  for (const association of writePlan(schema).onDelete) {
    if (association.kind === 'manyToMany') {
      await deleteJoins(writer, association, row)
      continue
    }
    const { target, ownerKey, targetKey, onDelete } = association
    const reference = { alias: undefined, column: targetKey }
    const key: unknown = Reflect.get(row, ownerKey.name)
    const condition = compared(target, 'repo.delete()', reference, '=', key)
    const rows = { schema: target, state: { ...EMPTY, conditions: [condition] } }
    await (onDelete === 'deleteAll'
      ? deleteAll(writer.context, rows)
      : updateAll(writer.context, rows, { [targetKey.name]: null }))
  }
}
