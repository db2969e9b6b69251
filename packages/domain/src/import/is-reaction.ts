import { zKeptEmoji } from '@parley/protocol'
import { isEmoji } from '../emoji.ts'
import { oneLine } from '../one-line.ts'

/** Slack lets people call their own emoji by words of any script, and adds the colour of a skin after them. */
const NAMED = /^[\p{L}\p{M}\p{N}_+-]+(?:::skin-tone-[2-6])?$/u
const zName = zKeptEmoji.pipe(oneLine(80)).refine((name) => isEmoji(name) || NAMED.test(name))

/** Whether a reaction may be kept under the name that an export gives it. */
export const isReaction = (name: string): boolean => zName.safeParse(name).success
