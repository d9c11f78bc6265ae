/** What the script of the deck says: fetched with it. */
export const deckScript = {
  minutes: (minutes: number) => `${minutes} min`,
  minutesLeft: (minutes: number) =>
    minutes === 1 ? 'Less than a minute is left.' : `${minutes} minutes are left.`,
  asleep: 'on',
  sleepSet: 'The sleep timer is set.',
  sleepOff: 'The sleep timer is off.',
  queued: (title: string) => `Added to the queue: ${title}`,
  removed: (title: string) => `Taken out of the queue: ${title}`,
  moved: (title: string, at: number, of: number) => `${title}: ${at} of ${of}`,
  heardNow: (title: string) => `This is what you hear: ${title}`,
  queueFull: 'The queue is full.',
  unreachable: 'That episode could not be fetched. Please try again.',
  linkCopied: 'The link to this moment was copied.',
  notCopied: 'This browser does not let the link be copied.',
}
