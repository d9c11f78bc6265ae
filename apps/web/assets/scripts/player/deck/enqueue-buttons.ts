import { queue } from './kept-queue.ts'

/** Shows on the buttons that add an episode to the queue whether it is there. */
export function drawEnqueueButtons(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-enqueue]')) {
    button.setAttribute('aria-pressed', String(queue.has(button.dataset['enqueue'] ?? '')))
  }
}
