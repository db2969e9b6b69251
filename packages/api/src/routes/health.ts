import { probe } from '@parley/domain/health'
import { json } from '../http/answer.ts'
import { open, type Route } from '../http/route.ts'

const route = (path: string, because: string): Route =>
  open({ method: 'GET', path }, `probes are not signed in; ${because}`, async (_, { probed }) => {
    const { status, body } = (await probe(path, probed))!
    return json(body, status)
  })

export const healthRoutes: Route[] = [
  route('/health', 'it says what is wrong in which part, never where anything is'),
  route('/health/live', 'it says only that this process answers'),
  route('/health/ready', 'it names parts and whether they answer, never where they are'),
]
