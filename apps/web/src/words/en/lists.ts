/** Names and numbers, one after the other. */
export const lists = {
  and: 'and',
  with: (names: string) => `with ${names}`,
  range: (from: number, to: number, total: number) => `${from} to ${to} of ${total}`,
  page: (title: string, page: number) => `${title}, page ${page}`,
  pages: 'Pages',
}
