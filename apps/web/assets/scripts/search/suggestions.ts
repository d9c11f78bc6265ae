// oxlint-disable-next-line import/no-unassigned-import -- it defines its element itself
import '@github/auto-complete-element'

// The list closes when one goes on; a press on it leaves the cursor where one types.
document.addEventListener('focusout', ({ target, relatedTarget }) => {
  const field = target instanceof Element ? target.closest('auto-complete') : null
  if (!field || (relatedTarget instanceof Node && field.contains(relatedTarget))) return
  field.removeAttribute('open')
  field.querySelector('[role="listbox"]')?.setAttribute('hidden', '')
})
document.addEventListener('mousedown', (event) => {
  const { target } = event
  if (target instanceof Element && target.closest('auto-complete [role="listbox"]')) {
    event.preventDefault()
  }
})
