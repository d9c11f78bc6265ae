import * as catalogue from '@showrunner/domain/catalogue'
import { z } from 'zod'
import { readList, readOne } from '../operation.ts'
import { personAnswer } from '../present/person.ts'
import { NoPath } from '../schemas/paths.ts'
import { Person } from '../schemas/person.ts'
import { Slug } from '../schemas/values.ts'

export const listPeople = readList({
  id: 'listPeople',
  path: '/people',
  tag: 'People',
  summary: 'Everybody who is named on the site, by name',
  params: NoPath,
  filters: {},
  item: Person,
  place: ['text', 'number'],
  example: '/people?limit=5&fields=name,handle,url',
  async load({ repo, asOf, outside, query: { limit: most, ...rest } }) {
    const { rows, next } = await catalogue.listPeople(repo, { most, ...rest }, asOf)
    return { rows: rows.map((person) => personAnswer(outside, person)), next }
  },
})

export const getPerson = readOne({
  id: 'getPerson',
  path: '/people/{handle}',
  tag: 'People',
  summary: 'One person',
  params: z.strictObject({ handle: Slug.describe('The handle of a person: `ada`.') }),
  answer: Person,
  example: '/people/maud-ferrier',
  load: async ({ repo, asOf, outside, params }) =>
    personAnswer(outside, await catalogue.getNamedPerson(repo, params.handle, asOf)),
})
