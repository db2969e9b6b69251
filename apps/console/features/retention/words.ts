import { formatBytes, formatCount } from '@parley/ui'
import type { Outputs } from '../api/trpc.ts'

export type Policies = Outputs['retention']['policies']
export type ChannelPolicy = Policies['channels'][number]
export type Preview = Outputs['retention']['preview']
export type Going = Preview['all']
export type Run = Outputs['retention']['runs']['items'][number]
export type Channel = Pick<Outputs['retention']['searchChannels'][number], 'id' | 'name' | 'kind'>
/** Days; null: for ever; a channel may follow the organisation. */
export type Keep = number | null | 'organisation'

export const longest = 36_500
export const isDays = (keep: Keep | undefined): boolean =>
  typeof keep !== 'number' || (Number.isInteger(keep) && keep >= 1 && keep <= longest)

type Locale = string | undefined

export const daysInWords = (days: number | null, locale: Locale): string =>
  days === null ? 'Kept for ever' : `Deleted after ${formatCount(days, ['day', 'days'], locale)}`

export const keepInWords = (keep: Keep, locale: Locale): string =>
  keep === 'organisation' ? 'As the organisation' : daysInWords(keep, locale)

/** "1,204 messages and 31 files (2.4 MB)". */
export const countsInWords = (
  { messages, files, bytes }: Pick<Going, 'messages' | 'files' | 'bytes'>,
  locale: Locale,
): string => {
  const said = formatCount(messages, ['message', 'messages'], locale)
  return files === 0
    ? said
    : `${said} and ${formatCount(files, ['file', 'files'], locale)} (${formatBytes(bytes, locale)})`
}
