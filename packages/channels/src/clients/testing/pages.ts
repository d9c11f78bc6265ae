import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { type FastifyInstance } from 'fastify'
import { LIBRARIES, scriptOf, type LibraryName } from './libraries.ts'

/** What runs in a page as it runs in Node. */
const CODE = ['scenarios', 'guest', 'library', 'seen', 'page']

/** A page for each client: `/with/phoenix-1.2`. */
export async function pages(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { name: LibraryName } }>('/with/:name', async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(`<!doctype html>
<title>Rooms</title>
<script src="/script/${params.name}"></script>
<script type="module" src="/page.ts"></script>
<ul id="here"></ul>
`),
  )
  for (const name of LIBRARIES) {
    app.get(`/script/${name}`, async (_request, reply) =>
      reply.type('text/javascript').send(scriptOf(name)),
    )
  }
  for (const name of CODE) {
    app.get(`/${name}.ts`, async (_request, reply) => {
      const code = await readFile(join(import.meta.dirname, `${name}.ts`), 'utf8')
      return reply.type('text/javascript').send(stripTypeScriptTypes(code))
    })
  }
}
