import { type AnySchema } from './schema.ts'

/**
 * Whose a new row is that is made for another: whose that one is, as values. None where either schema belongs to
 * nobody, or the new row is a tenant itself.
 */
export function tenantOfOwner(
  target: AnySchema,
  owner: AnySchema,
  row: object,
): { readonly [field: string]: unknown } {
  if (!target.tenant || !owner.tenant || target.primaryKey.includes(target.tenant)) return {}
  const tenant: unknown = Reflect.get(row, owner.tenant.name)
  return tenant == null ? {} : { [target.tenant.name]: tenant }
}
