import { z } from 'zod'

/**
 * What messages, replies, places and versions are counted by. No conversation holds more: it is PostgreSQL's largest
 * integer.
 */
export const zCount = z.int().min(0).max(2_147_483_647)
