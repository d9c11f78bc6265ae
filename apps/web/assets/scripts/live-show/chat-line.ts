import { dateLanguage } from '../date-language.ts'
import { linked } from './linked-text.ts'
import { type Message } from '../../../src/channels/show-channel.ts'
import { words } from './words.ts'

/** What whoever looks after a chat does with a message. */
export type Measure = 'delete' | 'mute-10' | 'mute' | 'unmute'

/** A message as a line of the chat. */
export function chatLine(message: Message, moderates: boolean): HTMLLIElement {
  const line = document.createElement('li')
  const [by, text] = [document.createElement('p'), document.createElement('p')]
  line.dataset['id'] = String(message.id)
  if (message.personId !== null) line.dataset['person'] = String(message.personId)
  by.className = 'by meta'
  by.append(authorOf(message), ' ', timeOf(message.at))
  text.className = 'text'
  text.dir = 'auto'
  text.append(...linked(message.text))
  line.append(by, text)
  if (moderates) line.append(measuresFor(message))
  return line
}

function authorOf({ personId, name, href }: Message): HTMLElement {
  const author = document.createElement(href === null ? 'span' : 'a')
  if (author instanceof HTMLAnchorElement) {
    author.href = href ?? ''
    author.target = '_blank'
  }
  author.className = 'author'
  author.dir = 'auto'
  author.textContent = personId === null ? words.somebody : name
  return author
}

function timeOf(at: string): HTMLTimeElement {
  const time = document.createElement('time')
  const moment = new Date(at)
  time.dateTime = at
  time.title = moment.toLocaleString(dateLanguage())
  time.textContent = moment.toLocaleTimeString(dateLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
  })
  return time
}

function measuresFor(message: Message): HTMLElement {
  const { name, personId } = message
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = '⋯'
  summary.ariaLabel = words.whatToDo(name)
  details.className = 'measures'
  details.append(summary, measure('delete', words.delete, message))
  if (personId !== null) {
    details.append(
      measure('mute-10', words.muteForAWhile, message),
      measure('mute', words.mute, message),
      measure('unmute', words.unmute, message),
    )
  }
  return details
}

function measure(what: Measure, label: string, { id, personId, name }: Message): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.dataset['measure'] = what
  button.dataset['id'] = String(id)
  if (personId !== null) button.dataset['person'] = String(personId)
  button.ariaLabel = `${label}: ${name}`
  button.textContent = label
  return button
}
