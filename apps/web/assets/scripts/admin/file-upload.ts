import { DetailedError, Upload } from 'tus-js-client'
import { Progress } from './upload-progress.ts'
import { refreshPanel, watchUpload } from './upload-watch.ts'

/** The first piece is small: the server looks at it, and may refuse the file before the rest is sent. */
const FIRST_PIECE = 64 * 1024
const PIECE = 32 * 1024 * 1024
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000]

/** Sends a file in pieces, with a bar, and goes on after a lost line or a reload. Without it, its form sends the file. */
export class FileUpload extends HTMLElement {
  #upload: Upload | undefined
  #progress: Progress | undefined
  #ending = new AbortController()

  connectedCallback(): void {
    this.#ending = new AbortController()
    const input = this.#input
    if (!input) return
    this.querySelector<HTMLElement>('form button')?.toggleAttribute('hidden', true)
    this.classList.add('ready')
    this.#progress = new Progress(this, {
      pause: () => void this.#upload?.abort(),
      resume: () => this.#upload?.start(),
      cancel: () => void this.#cancel(),
    })
    input.addEventListener('change', () => this.#take(input.files))
    this.addEventListener('dragover', (event) => {
      event.preventDefault()
      this.classList.add('over')
    })
    this.addEventListener('dragleave', () => this.classList.remove('over'))
    this.addEventListener('drop', (event) => {
      event.preventDefault()
      this.classList.remove('over')
      this.#take(event.dataTransfer?.files ?? null)
    })
    const { watch } = this.dataset
    if (watch !== undefined) void this.#watch(watch)
  }

  disconnectedCallback(): void {
    this.#ending.abort()
    void this.#upload?.abort()
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input[type="file"]')
  }

  #take(files: FileList | null): void {
    const file = files?.[0]
    if (!file) return
    const { mostBytes, most = '' } = this.dataset
    if (file.size > Number(mostBytes)) {
      this.#progress?.fail(`“${file.name}” is larger than the ${most} that are taken here.`)
      return
    }
    void this.#upload?.abort()
    this.#upload = this.#begin(file)
    void this.#start(this.#upload, file)
  }

  #begin(file: File): Upload {
    const { begin = '', kind = '', subject = '', subjectId = '' } = this.dataset
    const upload: Upload = new Upload(file, {
      endpoint: begin,
      chunkSize: FIRST_PIECE,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: { kind, subject, subjectId, filename: file.name },
      fingerprint: async ({ name, size, lastModified }: File) =>
        ['showrunner', kind, subject, subjectId, name, size, lastModified].join('/'),
      onProgress: (sent, all) => this.#progress?.show(sent, all),
      onChunkComplete: () => {
        upload.options.chunkSize = PIECE
      },
      onShouldRetry: (error) => isPassing(error),
      onSuccess: () => void this.#watch(upload.url ?? ''),
      onError: (error) => this.#progress?.fail(wordsOf(error)),
    })
    return upload
  }

  async #start(upload: Upload, file: File): Promise<void> {
    const [earlier] = await upload.findPreviousUploads()
    if (earlier) upload.resumeFromPreviousUpload(earlier)
    this.#progress?.begin(file.name, earlier !== undefined)
    upload.start()
  }

  async #cancel(): Promise<void> {
    await this.#upload?.abort(true).catch(() => undefined)
    this.#upload = undefined
    const input = this.#input
    if (input) input.value = ''
    this.#progress?.end('Cancelled. Nothing was changed.')
    input?.focus()
  }

  /** All is there: what becomes of it is asked until it is known. */
  async #watch(address: string): Promise<void> {
    this.#progress?.wait()
    const state = await watchUpload(address, this.#ending.signal)
    if (state === 'untold') this.#progress?.leave()
    if (!state || state === 'untold') return
    const { panel } = this.dataset
    if (panel !== undefined) await refreshPanel(this, panel, state)
  }
}

/** A line that broke, or a server that starts again: what it refused it will refuse again. */
function isPassing(error: Error): boolean {
  const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined
  return status === undefined || status >= 500 || status === 409 || status === 423 || status === 429
}

function wordsOf(error: Error): string {
  const response = error instanceof DetailedError ? error.originalResponse : undefined
  if (!response) return 'The line broke. Choose the same file again to go on where it stopped.'
  const status = response.getStatus()
  const isText = response.getHeader('content-type')?.startsWith('text/html') !== true
  if (status === 401)
    return 'You are signed out. Sign in again, then choose the same file to go on.'
  if (status < 500 && isText && response.getBody() !== '') return response.getBody()
  if (status === 403 || status === 404) return 'You may not change this any more.'
  return 'Something broke on our side. Choose the same file again to go on where it stopped.'
}
