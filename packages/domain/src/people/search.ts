import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'
import { storableText } from '../storable-text.ts'
import type { PersonCard } from './cards.ts'
import { literally } from './literally.ts'

/**
 * People whose name has a word that begins with the text, or whose address begins with it: for pickers and mentions.
 * Those who are here come before those who are invited; deactivated people are left out.
 */
export const searchPeople = query({
  name: 'people.search',
  input: z.strictObject({ text: storableText(80), limit: z.int().min(1).max(50).optional() }),
  access: signedIn,
  limit: 'search',
  tokens: 'people:read',
  run({ tx }, { text, limit }): Promise<PersonCard[]> {
    const begins = `${literally(text.trim().toLowerCase())}%`
    return tx.sql<PersonCard>`
      SELECT id, name, title, kind, status FROM people
      WHERE status <> 'deactivated'
        AND (lower(name) LIKE ${begins} OR lower(name) LIKE ${`% ${begins}`} OR lower(email) LIKE ${begins})
      ORDER BY status <> 'active', lower(name) NOT LIKE ${begins}, lower(name), id LIMIT ${limit ?? 10}`
  },
})
