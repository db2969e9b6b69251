import { zId, zKeptEmoji } from '@parley/protocol'
import { z } from 'zod'

/** The shapes that have a name in the OpenAPI document: all that is answered, and every body. */
export const NAMED = z.registry<{ id: string }>()
export const named = <S extends z.ZodType>(id: string, shape: S): S => {
  NAMED.add(shape, { id })
  return shape
}

export const id = zId.meta({
  description: 'An id: 64 bits as a decimal string.',
  examples: ['1574839201234567168'],
})
export const emoji = zKeptEmoji.describe('One emoji (percent-encoded) or its short name, such as `tada`.')
export const time = z.int().meta({ description: 'Unix milliseconds.', examples: [1_795_507_200_000] })
/** A text, and a number, with what it may look like. */
export const say = (example: string) => z.string().meta({ examples: [example] })
export const count = (example: number) => z.int().meta({ examples: [example] })

const NEXT = 'Hand it over as `cursor` for the next page; null on the last.'
export const pageOf = <S extends z.ZodType>(name: string, item: S) =>
  named(name, z.object({ items: z.array(item), next: z.string().nullable().describe(NEXT) }))

export const Done = named('Done', z.object({ ok: z.literal(true) }))
