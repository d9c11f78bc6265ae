const PAGE = '/search'

/** The form of the search page over this one. Where it does not come, the page itself does. */
export async function showSearchDialog(): Promise<void> {
  const shown = document.querySelector<HTMLDialogElement>('dialog.search-dialog')
  const dialog = shown ?? (await made())
  if (!dialog) return location.assign(PAGE)
  if (!dialog.isConnected) document.body.append(dialog)
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('input')?.select()
}

async function made(): Promise<HTMLDialogElement | undefined> {
  const form = await formOfPage()
  if (!form) return undefined
  const dialog = document.createElement('dialog')
  dialog.className = 'search-dialog'
  dialog.setAttribute('aria-label', form.querySelector('label')?.textContent ?? '')
  dialog.append(document.importNode(form, true))
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  // A page that is kept to come back to has none open.
  dialog.addEventListener('close', () => dialog.remove())
  document.addEventListener('turbo:before-cache', () => dialog.remove(), { once: true })
  return dialog
}

async function formOfPage(): Promise<Element | null> {
  try {
    const answer = await fetch(PAGE, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    return answer.ok ? page.querySelector('search') : null
  } catch {
    return null
  }
}
