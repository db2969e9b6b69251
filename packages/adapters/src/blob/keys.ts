import { ParleyError } from '@parley/protocol'

const KEY_LENGTH = 512

/**
 * Keys are `[a-z0-9/._-]+`, in parts between single slashes, none of which begins with a dot: so a key is never a way
 * out of a folder, nor another spelling of itself.
 */
export const isKey = (key: string): boolean =>
  key.length <= KEY_LENGTH && /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/.test(key)

/** @throws ParleyError('bad_input'): keys are ours, so this is a defect or an attack */
export function requireKey(key: string): void {
  if (!isKey(key)) throw new ParleyError('bad_input', 'That is not the key of a stored object.')
}
