/** A form on its way to the server: what is kept of it goes once the server says that it is stored. */
export interface SentForm {
  /** The address of the form, and whose it is. */
  readonly form: string
  /** What the page keeps of it. */
  readonly piece: string
  /** Where the cursor was. */
  readonly focus: string
}

const SENT = 'showrunner:sent-form'

/** For the page that comes next in this tab. */
export function markSent(sent: SentForm): void {
  try {
    sessionStorage.setItem(SENT, JSON.stringify(sent))
  } catch {
    // It is kept a while longer, and offered once too often.
  }
}

/** The form that the page before sent. Told once. */
export function takeSent(): SentForm | undefined {
  try {
    const text = sessionStorage.getItem(SENT)
    sessionStorage.removeItem(SENT)
    const sent = text === null ? undefined : (JSON.parse(text) as Partial<SentForm>)
    return sent?.form !== undefined && sent.piece !== undefined
      ? { form: sent.form, piece: sent.piece, focus: sent.focus ?? '' }
      : undefined
  } catch {
    return undefined
  }
}
