/** A reason to stop that the person at the keyboard can act on: shown without a stack. */
export class FirstRunError extends Error {}

// Standard error, so that `npx showrunner routes | grep feed` sees routes only.
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** What a failed write below the clone or the data folder means to the person who started us. */
export function explainUnwritable(error, path) {
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code)) return error
  return new FirstRunError(
    `Cannot write to ${path} (${error.code}). ` +
      'Run as the user it belongs to, clone again as yourself, or set DATA_DIR to a folder of your own.',
  )
}
