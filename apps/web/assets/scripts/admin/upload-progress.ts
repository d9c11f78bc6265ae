interface Actions {
  readonly pause: () => void
  readonly resume: () => void
  readonly cancel: () => void
}

const SAY_EVERY = 10

/** A bar, what is left of it in words, and the buttons beside it. What changes is told now and then, not at every piece. */
export class Progress {
  readonly #box = document.createElement('div')
  readonly #name = document.createElement('p')
  readonly #bar = document.createElement('progress')
  readonly #left = document.createElement('p')
  readonly #said = document.createElement('p')
  readonly #pause = button('Pause')
  readonly #cancel = button('Cancel')
  #began = { at: 0, sent: 0 }
  #told = -1

  constructor(into: HTMLElement, { pause, resume, cancel }: Actions) {
    this.#box.className = 'progress'
    this.#box.hidden = true
    this.#left.className = 'meta figures'
    this.#said.setAttribute('role', 'status')
    this.#bar.setAttribute('aria-label', 'Uploaded')
    const buttons = document.createElement('p')
    buttons.className = 'buttons'
    buttons.append(this.#pause, this.#cancel)
    this.#box.append(this.#name, this.#bar, this.#left, buttons)
    into.append(this.#box, this.#said)

    this.#pause.addEventListener('click', () => {
      const isPaused = this.#pause.textContent === 'Resume'
      this.#pause.textContent = isPaused ? 'Pause' : 'Resume'
      this.#began = { at: 0, sent: 0 }
      this.#said.textContent = isPaused ? 'Going on.' : 'Paused.'
      if (isPaused) resume()
      else pause()
    })
    this.#cancel.addEventListener('click', cancel)
  }

  begin(name: string, goesOn: boolean): void {
    this.#box.hidden = false
    this.#name.textContent = name
    this.#bar.removeAttribute('value')
    this.#left.textContent = ''
    this.#pause.hidden = this.#cancel.hidden = false
    this.#pause.textContent = 'Pause'
    this.#began = { at: 0, sent: 0 }
    this.#told = -1
    this.#said.className = ''
    this.#said.textContent = goesOn ? 'Going on where it stopped.' : `Uploading ${name}.`
  }

  show(sent: number, all: number): void {
    const now = performance.now()
    if (this.#began.at === 0) this.#began = { at: now, sent }
    this.#bar.max = all
    this.#bar.value = sent
    const percent = Math.floor((sent / all) * 100)
    const speed = (sent - this.#began.sent) / Math.max(1, now - this.#began.at)
    const left = speed > 0 ? ` · ${timeLeft((all - sent) / speed)}` : ''
    this.#left.textContent = `${percent} %${left}`
    const tenth = Math.floor(percent / SAY_EVERY)
    if (tenth > this.#told && tenth > 0) this.#said.textContent = `${tenth * SAY_EVERY} % uploaded.`
    this.#told = Math.max(tenth, this.#told)
  }

  /** All is there, and is being looked at. */
  wait(): void {
    this.#box.hidden = false
    this.#bar.removeAttribute('value')
    this.#left.textContent = ''
    this.#pause.hidden = this.#cancel.hidden = true
    this.#said.textContent = 'All of it is here, and is being looked at.'
  }

  /** What becomes of it is not told here. */
  leave(): void {
    this.#box.hidden = true
    this.#said.textContent =
      'All of it is here, and is being looked at. Load the page again to see what became of it.'
  }

  fail(words: string): void {
    this.#box.hidden = true
    this.#said.className = 'wrong'
    this.#said.textContent = words
  }

  end(words: string): void {
    this.#box.hidden = true
    this.#said.textContent = words
  }
}

function button(label: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'quiet'
  made.textContent = label
  return made
}

function timeLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s left`
  return seconds < 3600
    ? `${Math.ceil(seconds / 60)} min left`
    : `${(seconds / 3600).toFixed(1)} h left`
}
