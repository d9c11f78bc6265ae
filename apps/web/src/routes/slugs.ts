// Nothing but what a slug can hold reaches a query; whatever else is asked for does not exist.
const SLUG = '^[a-z0-9][a-z0-9_-]*$'

export const PODCAST = `/:podcast(${SLUG})` as const
export const EPISODE = `${PODCAST}/:episode(${SLUG})` as const
export const PERSON = `/person/:handle(${SLUG})` as const
export const POST = `/posts/:post(${SLUG})` as const
