import { COMMON_CORES } from './common.ts'

/** Whom a password must not be made of. */
export type Whose = { email: string | null; name: string }

const FEWEST_DIFFERENT = 5
/** What is left beside a person's own name or address must still be this long. */
const LEFT_BESIDE_A_NAME = 8
const SHORTEST_NAME_PART = 4
/** A password that steps along the alphabet or the digits for this part of its length. */
const MOSTLY_A_RUN = 0.7

/**
 * Why a new password is refused, as a sentence for the person who chose it; null when it is good.
 * Length and what attackers try first, no rules about kinds of characters (NIST SP 800-63B §5.1.1.2).
 */
export function weakness(password: string, whose: Whose, minimum: number): string | null {
  const characters = [...password]
  if (characters.length < minimum)
    return `Use at least ${minimum} characters: this has ${characters.length}. A few words in a row are easy to remember.`
  if (new Set(characters).size < FEWEST_DIFFERENT)
    return 'Use more than a few different characters: repetition is among the first things that are tried.'
  const folded = password.toLowerCase()
  if (isMostlyARun(folded))
    return 'Do not use the alphabet or digits in their order: they are among the first things that are tried.'
  if (isCommon(folded))
    return 'This is a common password with a little around it, and is among the first that are tried. Use a few unrelated words.'
  const own = partsOf(whose).find((part) => folded.includes(part))
  if (own && besides(folded, partsOf(whose)) < LEFT_BESIDE_A_NAME)
    return `Do not build it on your own name or address (“${own}”): that is among the first things that are tried.`
  return null
}

function isCommon(folded: string): boolean {
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const spelled = core.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[1!|]/g, 'i').replace(/3/g, 'e')
  const joined = spelled.replace(/[$5]/g, 's').replace(/[^\p{L}]/gu, '')
  const doubled = joined.slice(0, joined.length / 2)
  return [core, joined, ...(doubled + doubled === joined ? [doubled] : [])].some((c) => COMMON_CORES.has(c))
}

function isMostlyARun(folded: string): boolean {
  let steps = 0
  for (let i = 1; i < folded.length; i++) {
    const step = folded.charCodeAt(i) - folded.charCodeAt(i - 1)
    const wraps = folded[i - 1] === '9' && folded[i] === '0'
    if (Math.abs(step) <= 1 || wraps) steps += 1
  }
  return steps / (folded.length - 1) >= MOSTLY_A_RUN
}

/** How many letters and digits there are beside these parts. */
const besides = (folded: string, parts: string[]): number =>
  [...parts.reduce((rest, part) => rest.replaceAll(part, ''), folded).replace(/[^\p{L}\p{N}]/gu, '')].length

function partsOf({ email, name }: Whose): string[] {
  const local = email?.toLowerCase().split('@')[0] ?? ''
  const domain = email?.toLowerCase().split('@')[1]?.split('.')[0] ?? ''
  const parts = [local, domain, ...local.split(/[._+-]/), ...name.toLowerCase().split(/\s+/)]
  return parts.filter((part) => part.length >= SHORTEST_NAME_PART)
}
