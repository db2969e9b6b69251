/** Catching up, after seconds or after weeks. */
export { type SyncPart, sync } from './sync.ts'
