/** Reading along is for pages that have a transcript: others do not fetch what it takes. */
export function defineTranscript(): void {
  if (document.querySelector('transcript-reader')) void fetchReader()
  document.addEventListener('turbo:load', () => {
    if (document.querySelector('transcript-reader')) void fetchReader()
  })
}

async function fetchReader(): Promise<void> {
  if (customElements.get('transcript-reader')) return
  const { TranscriptReader } = await import('./transcript-reader.ts')
  if (!customElements.get('transcript-reader')) {
    customElements.define('transcript-reader', TranscriptReader)
  }
}
