import { ChangesetError, UnknownAssociationError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { associationNamed, associationNames } from './associations.ts'
import { build, schemaOf } from './instance.ts'
import {
  type AssociationName,
  type AssociationOf,
  type LoadedValue,
  type RelatedRows,
  type RelationName,
  type Row,
  type RowLoadedWith,
  type RowOf,
  type SpecOfGiven,
  type TargetOf,
  type Values,
} from './row.ts'
import { type AnySchema } from './schema.ts'
import { tenantOfOwner } from './tenant.ts'

/**
 * Whether the row holds this association, be it null or an empty list. The compiler knows it from then on.
 *
 * @throws UnknownAssociationError
 */
export function assocLoaded<S extends AnySchema, Spec, const N extends AssociationName<S>>(
  row: RowLoadedWith<S, Spec>,
  association: N,
): row is RowLoadedWith<S, Spec> & { readonly [K in N]: LoadedValue<S, K, unknown> } {
  const schema = schemaOf(row)
  const known = associationNames(schema)
  if (!known.includes(association)) throw new UnknownAssociationError(schema, association, known)
  return Object.hasOwn(row, association)
}

type Target<S extends AnySchema, N> = TargetOf<S, AssociationOf<S, N>>

/**
 * A new row of an association, in memory: with the tenant of this row, over it the association's `defaults` and the
 * values, and of `hasMany` and `hasOne` the foreign key that leads to this row.
 *
 * @throws UnknownFieldError · UnknownAssociationError · ChangesetError for a through.
 */
export function buildAssoc<S extends AnySchema, Spec, const N extends RelationName<S>>(
  row: RowLoadedWith<S, Spec>,
  association: N,
): Row<Target<S, N>>
export function buildAssoc<
  S extends AnySchema,
  Spec,
  const N extends RelationName<S>,
  const Given extends Values<Target<S, N>> & RelatedRows<Target<S, N>>,
>(
  row: RowLoadedWith<S, Spec>,
  association: N,
  values: Given,
): Row<Target<S, N>, SpecOfGiven<Target<S, N>, Given>>
export function buildAssoc(
  row: RowOf<AnySchema>,
  name: string,
  values: object = {},
): RowOf<AnySchema> {
  const schema = schemaOf(row)
  const association = associationNamed(schema, name)
  if (association.kind === 'through') {
    throw new ChangesetError(
      `buildAssoc() cannot build a row of "${name}" of ${titleOf(schema)}, which goes through other associations ` +
        `(${association.path.join(', ')}). Build rows of those.`,
    )
  }
  const { kind, target, defaults, ownerKey, targetKey } = association
  const has = kind === 'hasMany' || kind === 'hasOne'
  const given = {
    ...tenantOfOwner(target, schema, row),
    ...(typeof defaults === 'function' ? defaults(row) : defaults),
    ...values,
    ...(has ? { [targetKey.name]: Reflect.get(row, ownerKey.name) as unknown } : {}),
  }
  // build() knows the fields of the target at run time, and refuses others.
  return build<AnySchema, object>(target, given)
}
