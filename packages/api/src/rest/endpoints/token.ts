import { tokenSelf } from '@parley/domain/integrations/token-self'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { Me } from '../shapes/index.ts'

export const tokenEndpoints: Endpoint[] = [
  endpoint({
    ...{ method: 'GET', path: '/me', name: 'getMe', group: 'Token', status: 200, answer: Me },
    summary: 'As whom the token acts, and what it may',
    details: ['Every token may ask this: a quick way to see whether it works.'],
    act: tokenSelf,
    input: () => ({}),
  }),
]
