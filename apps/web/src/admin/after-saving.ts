/** Where it goes on once a form is saved: where it was, or with its second button to the list. */
export function afterSaving(body: unknown, here: string, list: string): string {
  const isClosed =
    typeof body === 'object' && body !== null && Reflect.get(body, 'afterwards') === 'list'
  return isClosed ? list : here
}
