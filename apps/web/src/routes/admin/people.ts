import { type Changeset } from '@showrunner/data'
import * as people from '@showrunner/domain/people'
import { getUploaded } from '@showrunner/domain/uploads'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { absolute, addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { parse } from '../../parse.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { peopleList } from '../../presenters/admin/people.ts'
import { personForm, type PersonSheetPage } from '../../presenters/admin/person-form.ts'
import { uploadPanel } from '../../presenters/admin/upload-panel.ts'
import mergeRoutes from './people/merge.ts'
import personDeskRoutes from './people/desk.ts'
import removalRoutes from './people/removal.ts'
import rolesRoutes from './people/roles.ts'
import slackAccountRoutes from './people/slack.ts'

const { admin } = addresses

const Group = z.enum(people.PEOPLE_GROUPS).optional().catch(undefined)
const Welcome = z.object({ welcome: z.enum(people.WELCOMES).optional().catch(undefined) })

/** Everybody who is heard, named or signs in. */
export default function peopleRoutes(app: FastifyInstance): void {
  const { clock, publicUrl } = app.parts

  app.get(admin.people, async ({ actor, repo, query }, reply) => {
    people.mayOrThrow(actor, 'list')
    const asked = listQuery(query, people.PEOPLE_SORTS)
    const chosen = parse(Group, asked.chosen['group'])
    const group = people.peopleGroups(actor).find((one) => one === chosen)
    const found = await people.searchPeople(repo, actor, { ...asked, group }, clock())
    const frame = await reply.adminFrame({ title: 'People', section: 'people' })
    return reply.html('admin/list/show', peopleList(frame, actor, { asked, group, found }))
  })

  app.get(admin.newPerson, async ({ actor }, reply) => {
    people.mayOrThrow(actor, 'create')
    return sendNew(reply, people.newPerson())
  })

  app.post(admin.people, async ({ actor, repo, body }, reply) => {
    people.mayOrThrow(actor, 'create')
    const { welcome } = parse(Welcome, body ?? {})
    const greeting =
      welcome && people.may(actor, 'updateEmail')
        ? {
            as: welcome,
            signInUrl: absolute(publicUrl, addresses.signedIn),
            guideUrl: absolute(publicUrl, addresses.guest),
          }
        : undefined
    const saved = await people.addPerson(repo, actor, body, greeting)
    if (!saved.ok) return sendNew(reply.code(422), saved.changeset)
    const words = greeting ? 'They are added, and the mail is on its way.' : 'They are added.'
    return reply.flash(words).redirect(admin.person(saved.value.id), 303)
  })

  editRoutes(app)
  personDeskRoutes(app)
  rolesRoutes(app)
  slackAccountRoutes(app)
  mergeRoutes(app)
  removalRoutes(app)
}

async function sendNew(
  reply: FastifyReply,
  changeset: Changeset<typeof people.Person>,
): Promise<FastifyReply> {
  const crumbs = [{ title: 'People', href: admin.people }]
  const frame = await reply.adminFrame({ title: 'New person', section: 'people', crumbs })
  return reply.html('admin/people/edit', personForm(frame, reply.request.actor, changeset))
}

function editRoutes(app: FastifyInstance): void {
  versionRoute<Id>(app, admin.editPerson(':id'), personFor)

  app.get<Id>(admin.editPerson(':id'), async (request, reply) => {
    const person = await personFor(request)
    return reply.html('admin/people/edit', await sheet(request, reply, people.editProfile(person)))
  })

  app.post<Id>(admin.editPerson(':id'), async (request, reply) => {
    const { actor, repo, body } = request
    const person = await personFor(request)
    const saved = await people.editPerson(repo, actor, person, body)
    if (saved.ok) return reply.flash('Saved.').redirect(admin.person(person.id), 303)

    const { changeset, conflict } = await rebased(repo, person, saved.changeset, {
      read: () => people.getPersonById(repo, person.id),
      propose: (row, params) => people.proposePerson(actor, row, params),
    })
    const page = withConflict(await sheet(request, reply, changeset), conflict, zoneOf(actor))
    return reply.code(422).html('admin/people/edit', page)
  })
}

async function personFor({ actor, repo, params }: FastifyRequest): Promise<people.Person> {
  const person = await people.getPersonById(repo, withId(params))
  people.mayOrThrow(actor, 'update', person)
  return person
}

async function sheet(
  { actor, repo }: FastifyRequest,
  reply: FastifyReply,
  changeset: Changeset<typeof people.Person>,
): Promise<PersonSheetPage> {
  const { id: subjectId, name } = changeset.row
  const portrait = await getUploaded(repo, actor, { kind: 'avatar', subject: 'person', subjectId })
  const frame = await reply.adminFrame({
    title: name,
    section: 'people',
    crumbs: [
      { title: 'People', href: admin.people },
      { title: name, href: admin.person(subjectId) },
    ],
  })
  return personForm(frame, actor, changeset, uploadPanel(portrait, admin.editPerson(subjectId)))
}

interface Id {
  Params: { id: string }
}
