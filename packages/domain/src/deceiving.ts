/**
 * What makes a text in one line look like another: with it a name can pose as somebody else's. Texts are taken without it
 * (one-line.ts), or made free of it (single-line.ts).
 */

/** A flag that is spelt out in tags (UTS #51 ED-14a), which elsewhere are letters that nobody sees. */
const FLAG = String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F}`
/** Languages and emoji are written with them: they join, or choose among forms of what stands before them. */
const JOINING = String.raw`[\u200C\u200D\p{Variation_Selector}]`
/** Controls, what breaks a line or turns its direction, and what takes no room: \uFFF9–\uFFFB annotate, unseen. */
const HIDING = String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]`
const HIDDEN = new RegExp(`(${FLAG})|(?!${JOINING})${HIDING}`, 'gu')

/** Only what can be seen, and what is written with it. */
export const withoutHidden = (text: string): string => text.replace(HIDDEN, '$1')

/** UTS #39 §5.4: more marks than this on a letter belong to no language; they run over the lines around them. */
export const MARKS_ON_A_LETTER = 4
const STACKED = new RegExp(String.raw`([\p{Mn}\p{Me}]{${MARKS_ON_A_LETTER}})[\p{Mn}\p{Me}]+`, 'gu')

export const withoutStacks = (text: string): string => text.replace(STACKED, '$1')

/** Something that can be seen: neither space nor mark alone, nor the letters of Hangul and Braille that are empty. */
const SEEN = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

export const isSeen = (text: string): boolean => SEEN.test(text)
