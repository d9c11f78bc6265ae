/** What follows the select list of a query. */
export function tail(query: { toSQL(): { readonly sql: string } }): string {
  return query.toSQL().sql.replace(/^.*? from /, 'from ')
}
