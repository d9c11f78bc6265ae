/** A reason to stop that the person at the keyboard can act on: shown without a stack. */
export class FirstRunError extends Error {}

// Standard error, so that `npx showrunner routes | grep feed` sees routes only.
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** What a failed write below the clone or the data folder means to the person who started us. */
export function explainUnwritable(error, path) {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return error
  return new FirstRunError(
    `Cannot write to ${path} (${error.code}). ` +
      'Run as the user who owns the clone, or clone it again as yourself.',
  )
}
