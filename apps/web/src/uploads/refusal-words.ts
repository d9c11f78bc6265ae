import { type errorMessages } from '@showrunner/data'

/** What is wrong with a file that is not even begun. */
export function refusalWords(errors: ReturnType<typeof errorMessages>): string {
  const bytes = errors['bytes']?.[0]
  const name = errors['name']?.[0]
  if (bytes !== undefined) return sentence(`Its bytes ${bytes}`)
  return name === undefined ? 'This cannot be uploaded here.' : sentence(`This file ${name}`)
}

function sentence(words: string): string {
  return words.endsWith('.') ? words : `${words}.`
}
