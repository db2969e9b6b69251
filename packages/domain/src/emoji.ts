import { zKeptEmoji } from '@parley/protocol'

/** What is recommended for interchange (UTS #51 ED-27). */
const ANY_RECOMMENDED = String.raw`^\p{RGI_Emoji}$`
/** Not as a literal: sources are checked for what every browser reads, which this flag is not. Only servers ask. */
const RECOMMENDED = new RegExp(ANY_RECOMMENDED, 'v')
/** One that is younger than the tables of this process. */
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u
/** Shows what stands before it as an emoji. Keyboards leave it out, and put it where it is not needed (ED-18a, ED-19). */
const QUALIFIER = '\uFE0F'
const NEEDS_QUALIFIER = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu
const ODDLY_QUALIFIED = /^\uFE0F|\uFE0F\uFE0F/

/** As Slack, GitHub and our own table write them; with the colour of a skin as Slack does. */
const NAME = '[a-z0-9_+-]+(?:::skin-tone-[2-6])?'
const SHORT_NAME = new RegExp(`^(?:${NAME}|:${NAME}:)$`)

export const EMOJI_SAYS = 'must be one emoji or its short name, such as 🎉 or tada'

/** One sign, as it is seen, or a short name: it stands beside names, and must not pose as one or push one out. */
export const isEmoji = (text: string): boolean => SHORT_NAME.test(text) || isOneSign(text)

/** What somebody puts beside their name, or newly on a message. What is kept already may be anything on the wire. */
export const zEmoji = zKeptEmoji.refine(isEmoji, EMOJI_SAYS)

function isOneSign(text: string): boolean {
  if (ODDLY_QUALIFIED.test(text)) return false
  const bare = text.replaceAll(QUALIFIER, '')
  return RECOMMENDED.test(bare.replace(NEEDS_QUALIFIER, `$&${QUALIFIER}`)) || PICTOGRAPH.test(bare)
}
