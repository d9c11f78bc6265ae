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

/** What it signs its events with. */
export function secretsOf({
  MEMBERFUL_WEBHOOK_SECRET: memberfulSecrets,
}: Pick<Env, 'MEMBERFUL_WEBHOOK_SECRET'>): Pick<Parts, 'memberfulSecrets'> {
  return memberfulSecrets ? { memberfulSecrets } : {}
}
