import { read } from '../player/kept.ts'

const LINK = 'a[data-search]'
const FIELD = '#search-q'
const WRITING = 'input, textarea, select, [contenteditable]:not([contenteditable=false])'

/** Search from any page: by the link in its head, which leads to a page of its own without this, or by a slash. */
export function openSearch(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || isElsewhere(event)) return
    event.preventDefault()
    void show()
  })
  document.addEventListener('click', (event) => {
    const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event
    const isPlain = button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey
    if (!isPlain || !(target instanceof Element) || !target.closest(LINK)) return
    event.preventDefault()
    void show()
  })
  document.addEventListener('turbo:load', suggestHere)
  suggestHere()
}

function isElsewhere({
  target,
  ctrlKey,
  metaKey,
  altKey,
  defaultPrevented,
}: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented || read('keys') === 'here') return true
  if (!(target instanceof Element) || target.closest(WRITING)) return true
  return (
    document.querySelector(`${LINK}, ${FIELD}`) === null ||
    document.querySelector('dialog:modal') !== null
  )
}

async function show(): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(FIELD)
  if (field) return field.select()
  const [{ showSearchDialog }] = await Promise.all([
    import('./search-dialog.ts'),
    import('./suggestions.ts'),
  ])
  await showSearchDialog()
}

/** What suggests is heavy: it comes where there is a field to suggest for. */
function suggestHere(): void {
  if (document.querySelector('main auto-complete')) void import('./suggestions.ts')
}
