/** What a command was asked for. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** What a command is doing, and what went wrong: kept out of what is piped on. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
