import { z } from 'zod'
import { id, named, pageOf, say, time } from './named.ts'

export const Person = named(
  'Person',
  z.object({
    id,
    name: say('Alice Ames'),
    title: say('Release manager'),
    kind: z.enum(['person', 'bot']),
    status: z.enum(['active', 'invited', 'imported', 'deactivated']),
  }),
)
export const PersonPage = pageOf('PersonPage', Person)

export const Me = named(
  'Me',
  z.object({
    id: id.describe('The bot that the token acts as.'),
    name: say('Build bot'),
    title: say('Reports builds'),
    kind: z.literal('bot'),
    organisation: say('Example Ltd'),
    token: z.object({
      id,
      name: say('builds'),
      scopes: z.array(say('messages:write')),
      expiresAt: time.nullable(),
    }),
  }),
)
