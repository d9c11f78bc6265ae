import { comingFrom, pathOf, toldOf } from './came-from.ts'

/**
 * Where it goes on once a form is saved: where it was, or with its second button to the list, as it was found when somebody
 * went from it to the form.
 */
export function afterSaving(body: unknown, here: string, list: string): string {
  const back = toldOf(body)
  const from = back !== null && pathOf(back) === list ? back : null
  const isClosed =
    typeof body === 'object' && body !== null && Reflect.get(body, 'afterwards') === 'list'
  if (isClosed) return from ?? list
  return from === null ? here : comingFrom(here, from)
}
