// Loaded into every test process: one whose runner was killed must not go on, nor what it started.
const LOOK_MS = 500
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.exit(1)
}, LOOK_MS).unref()
