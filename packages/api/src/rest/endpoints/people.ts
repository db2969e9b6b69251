import { directory } from '@parley/domain/people/index'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { PersonPage, zNamed } from '../shapes/index.ts'

export const peopleEndpoints: Endpoint[] = [
  endpoint({
    ...{ method: 'GET', path: '/people', name: 'listPeople', group: 'People' },
    summary: 'People and bots, in the order of their names',
    details: ['Deactivated accounts are left out.'],
    ...{ query: zNamed, status: 200, answer: PersonPage },
    act: directory,
    input: ({ query: { query, ...page } }) => ({ ...page, text: query }),
  }),
]
