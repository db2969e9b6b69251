import type { Bounds } from './read-xml.ts'

/** Of one response, and of the assertion in it: characters, and elements. Somebody in some hundred groups has some hundred. */
export const RESPONSE: Bounds = { length: 262_144, elements: 600 }

/** By how much a provider's clock may differ from ours. */
export const SKEW_MS = 60_000
