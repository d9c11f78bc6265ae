/** What is wrong with a form is read out and stands in view when it comes back. */
export function showProblems(): void {
  document.addEventListener('turbo:render', focusProblems)
  focusProblems()
}

function focusProblems(): void {
  document.querySelector<HTMLElement>('.problems')?.focus()
}
