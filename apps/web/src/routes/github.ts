import * as accounts from '@showrunner/domain/accounts'
import * as limits from '@showrunner/domain/limits'
import {
  authorizeAddress,
  type GithubApp,
  GithubError,
  newAttempt,
  verifiedPerson,
} from '@showrunner/github'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { localPath } from '../local-path.ts'
import { parse } from '../parse.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { visitorAt } from '../visitor.ts'
import { afterSignIn } from './after-sign-in.ts'

const ATTEMPT = 'showrunner_github'
const ATTEMPT_SECONDS = 10 * 60

const TRIES: limits.Limit = { name: 'sign-ins by GitHub', most: 20, perMs: 10 * 60_000 }

const Wanted = z.object({ next: z.string().max(2_000).optional() })
const Answer = z.object({
  code: z.string().max(200).optional(),
  state: z.string().max(200).default(''),
})
const Kept = z.object({
  state: z.string().min(1),
  verifier: z.string(),
  next: z.string().optional(),
})

/** Signing in by GitHub's word, where it is set up. */
export default function githubRoutes(app: FastifyInstance): void {
  const { repo, clock, github, publicUrl } = app.parts
  if (!github) return
  const redirectUri = publicUrl + addresses.githubBack
  const secure = publicUrl.startsWith('https:')
  const cookie = { path: addresses.github, httpOnly: true, sameSite: 'lax', secure } as const

  app.get(addresses.github, async (request, reply) => {
    const attempt = newAttempt()
    const next = localPath(parse(Wanted, request.query).next)
    return reply
      .setCookie(ATTEMPT, JSON.stringify({ ...attempt, next }), {
        ...cookie,
        maxAge: ATTEMPT_SECONDS,
      })
      .redirect(authorizeAddress(github, attempt, redirectUri), 303)
  })

  app.get(addresses.githubBack, async (request, reply) => {
    await limits.spend(repo, TRIES, visitorAt(request.ip), clock())
    const attempt = keptAttempt(request)
    const { code, state } = parse(Answer, request.query)
    reply.clearCookie(ATTEMPT, cookie)
    const who =
      code && attempt?.state === state
        ? await whoIs(github, { code, verifier: attempt.verifier, redirectUri }, request)
        : undefined
    if (!who) {
      const notice = noticePage(
        await app.site(),
        (words) => words.account.signIn.githubTitle,
        addresses.signedIn,
      )
      return reply.code(400).html('account/github-failed', notice)
    }
    const signed = await accounts.signInByAddress(repo, who, clock(), {
      userAgent: request.headers['user-agent'] ?? null,
      previous: request.sessionToken(),
    })
    const next = await afterSignIn(repo, signed, attempt?.next)
    return reply.beginSession(signed).redirect(next, 303)
  })
}

/** What this browser began; an answer to anybody else's attempt is not taken. */
function keptAttempt(request: FastifyRequest): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(request.cookies[ATTEMPT] ?? 'null')).data
  } catch {
    return undefined
  }
}

async function whoIs(
  github: GithubApp,
  answer: { code: string; verifier: string; redirectUri: string },
  { log }: FastifyRequest,
) {
  try {
    return await verifiedPerson(github, answer)
  } catch (error) {
    if (!(error instanceof GithubError)) throw error
    log.warn({ reason: error.message }, 'GitHub did not say who somebody is')
    return undefined
  }
}
