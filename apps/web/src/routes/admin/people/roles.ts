import { type Changeset } from '@showrunner/data'
import { setRoles } from '@showrunner/domain/accounts'
import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { type AdminSubject } from '../../../presenters/admin/admin-frame.ts'
import { rebased } from '../../../admin/overtaken.ts'
import { withId } from '../../../admin/with-id.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { withConflict } from '../../../presenters/admin/conflict-part.ts'
import { rolesForm } from '../../../presenters/admin/person-form.ts'

const { admin } = addresses

/** What somebody may do here, for administrators. */
export default function rolesRoutes(app: FastifyInstance): void {
  app.get<Id>(admin.personRoles(':id'), async ({ actor, repo, params }, reply) => {
    people.mayOrThrow(actor, 'setRoles')
    const person = await people.getPersonById(repo, withId(params))
    const frame = await reply.adminFrame(subject(person))
    return reply.html('admin/form/show', rolesForm(frame, person, people.editProfile(person)))
  })

  app.post<Id>(admin.personRoles(':id'), async ({ actor, repo, params, body }, reply) => {
    people.mayOrThrow(actor, 'setRoles')
    const person = await people.getPersonById(repo, withId(params))
    const saved = await setRoles(repo, person, body)
    if (saved.ok) {
      app.disconnect(person.id)
      return reply.flash('The roles are saved.').redirect(next(actor.person.id, saved.value), 303)
    }

    const { changeset, conflict } = await rebased(repo, person, saved.changeset, {
      read: () => people.getPersonById(repo, person.id),
      propose: (row, sent): Changeset<typeof people.Person> => people.rolesChangeset(row, sent),
    })
    const page = rolesForm(await reply.adminFrame(subject(person)), person, changeset)
    return reply.code(422).html('admin/form/show', withConflict(page, conflict, zoneOf(actor)))
  })
}

/** Who has taken their own last role has no work here any more. */
function next(actorId: number, person: people.Person): string {
  return person.id === actorId && !person.admin ? addresses.account : admin.person(person.id)
}

function subject({ id, name }: people.Person): AdminSubject {
  return {
    title: `Roles of ${name}`,
    section: 'people',
    crumbs: [
      { title: 'People', href: admin.people },
      { title: name, href: admin.person(id) },
    ],
  }
}

interface Id {
  Params: { id: string }
}
