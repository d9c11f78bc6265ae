import { latestVersion } from '@showrunner/domain/conflicts'
import { type FastifyInstance, type FastifyRequest, type RouteGenericInterface } from 'fastify'

/** What a form asks while it is open, of the address it is edited at: whose the version is that is stored by now. */
export function versionRoute<Route extends RouteGenericInterface>(
  app: FastifyInstance,
  editAddress: string,
  /** Reads the row as the page with the form does, and lets in whom that lets in. */
  read: (
    request: FastifyRequest<Route>,
  ) => Promise<{ readonly id: number; readonly lockVersion: number }>,
): void {
  app.get(`${editAddress}/version`, async (request) => {
    const row = await read(request as FastifyRequest<Route>)
    return latestVersion(request.repo, row)
  })
}
