import { type JobParts } from '@showrunner/domain/jobs'
import { type Parts } from '@showrunner/web'
import { type Env } from '../env.ts'

export type MemberfulEnv = Partial<Pick<Env, 'MEMBERFUL_SITE' | 'MEMBERFUL_API_KEY'>>

/** Where Memberful can be asked, if it can. */
export function memberfulOf({
  MEMBERFUL_SITE: site,
  MEMBERFUL_API_KEY: apiKey,
}: MemberfulEnv): Pick<JobParts, 'memberful'> {
  return site !== undefined && apiKey !== undefined ? { memberful: { site, apiKey } } : {}
}

/** What it signs its events with, and where one becomes a member. */
export function secretsOf({
  MEMBERFUL_WEBHOOK_SECRET: memberfulSecrets,
  MEMBERFUL_SITE: membershipUrl,
}: Pick<Env, 'MEMBERFUL_WEBHOOK_SECRET' | 'MEMBERFUL_SITE'>): Pick<
  Parts,
  'memberfulSecrets' | 'membershipUrl'
> {
  return { ...(memberfulSecrets && { memberfulSecrets }), ...(membershipUrl && { membershipUrl }) }
}
