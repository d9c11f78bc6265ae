// Nothing but what a slug can hold reaches a query; whatever else is asked for does not exist.
const SLUG = '^[a-z0-9][a-z0-9_-]*$'

export const PODCAST = `/:podcast(${SLUG})` as const
export const EPISODE = `${PODCAST}/:episode(${SLUG})` as const
export const PERSON = `/person/:handle(${SLUG})` as const
export const NEWS_ITEM = `/news/:item(${SLUG})` as const
export const NEWS_ISSUE = `/news/issues/:issue(${SLUG})` as const
export const NEWS_SOURCE = `/source/:source(${SLUG})` as const
export const POST = `/posts/:post(${SLUG})` as const
export const TOPIC = `/topic/:topic(${SLUG})` as const
export const SPONSOR = `/sponsor/:sponsor(${SLUG})` as const
export const REPORT = `${SPONSOR}/report` as const
export const REPORT_CSV = `${SPONSOR}/report.csv` as const

// A year is four figures: other numbers are not years, and lead nowhere.
const YEAR = '^[12][0-9]{3}$'

export const ARCHIVE_YEAR = `/archive/:year(${YEAR})` as const
export const POPULAR = `${PODCAST}/popular` as const
export const RECOMMENDED = `${PODCAST}/recommended` as const
export const PODCAST_YEAR = `${PODCAST}/archive/:year(${YEAR})` as const
