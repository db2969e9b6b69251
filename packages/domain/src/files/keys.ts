import { randomBytes } from 'node:crypto'
import type { Id } from '@parley/protocol'

/** All that belongs to one file lies in one folder of the store; its name tells when it was begun. */
export const FOLDER = 'files/'

/** Cannot be guessed, in case a store is ever opened to the world by mistake. */
export const newKey = (file: Id): string => `${FOLDER}${file}-${randomBytes(16).toString('hex')}/original`

export const thumbnailKeyOf = (key: string): string => key.replace(/\/original$/, '/thumbnail')
export const originalKeyOf = (key: string): string => key.replace(/\/thumbnail$/, '/original')

/** The file whose folder a key lies in; null for what we did not name. */
export const fileOfKey = (key: string): Id | null => /^files\/(\d{1,20})-/.exec(key)?.[1] ?? null
