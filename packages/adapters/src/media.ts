import type { Media } from '@parley/domain/ports'
import { sniff } from './media/sniff.ts'
import { thumbnail } from './media/thumbnail.ts'

/** Looks at files that strangers made. Both libraries are loaded when the first file comes. */
export const media: Media = { sniff, thumbnail }
