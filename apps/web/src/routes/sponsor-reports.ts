import { accountOf } from '@showrunner/domain/accounts'
import { placementsOf } from '@showrunner/domain/downloads'
import * as sponsors from '@showrunner/domain/sponsors'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parse } from '../parse.ts'
import {
  sponsorReportCsv,
  sponsorReportPage,
  type SponsorReport,
} from '../presenters/sponsor-report.ts'
import { REPORT, REPORT_CSV } from './slugs.ts'
import { toSignIn } from './to-sign-in.ts'

const Slug = z.object({ sponsor: z.string() })

/** What a sponsor's own people read of what it made possible. Who is none of them finds no page. */
export default function sponsorReportRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(REPORT, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    const [site, report] = [await app.site(), await reportFor(here, request)]
    return reply.html('account/report', sponsorReportPage(site, here, report))
  })

  app.get(REPORT_CSV, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    const [site, report] = [await app.site(), await reportFor(here, request)]
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${report.sponsor.slug}.csv"`)
      .send(sponsorReportCsv(site, report))
  })

  type Here = NonNullable<Awaited<ReturnType<FastifyRequest['session']>>>

  async function reportFor(here: Here, { params }: FastifyRequest): Promise<SponsorReport> {
    const account = await accountOf(repo, here.person, here.masquerader)
    const sponsor = await sponsors.getReportedSponsor(repo, parse(Slug, params).sponsor)
    sponsors.mayOrThrow(account, 'report', sponsor)
    return { sponsor, placements: await placementsOf(repo, sponsor, clock()) }
  }
}
