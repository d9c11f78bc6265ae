/** How somebody is invited: by a link that we mail, by each of Slack's own ways, or by nobody but the log. */
export const MEANS = ['link', 'admin', 'scim', 'legacy', 'log'] as const
export type Means = (typeof MEANS)[number]
