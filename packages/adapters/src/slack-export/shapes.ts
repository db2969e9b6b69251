import type { SlackMessage, SlackPerson } from '@parley/domain/import/slack-export'
import { z } from 'zod'

/**
 * The files of an export, checked at the door and turned into what the import reads. Unknown keys are dropped
 * rather than refused: Slack adds keys without notice, and an old export is as welcome as a new one.
 */
const zSlackId = z.string().regex(/^[A-Z0-9]{1,24}$/, 'must be a Slack id, such as U024BE7LH')
const zSeconds = z.number().min(0).max(4_294_967_295)
const zTs = z
  .string()
  .regex(/^\d{1,10}\.\d{1,6}$/, 'must be a time such as "1546231961.387200"')
  .transform(microseconds)

/** Slack's `ts` in Unix microseconds. `"1355517523.000005"` is exact here, and would not be as a float. */
function microseconds(ts: string): number {
  const [seconds, fraction] = ts.split('.') as [string, string]
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0'))
}

/** Absent, null and "" are one thing in exports. */
const zText = z
  .string()
  .nullish()
  .transform((text) => text ?? '')
const zOptional = z
  .string()
  .nullish()
  .transform((text) => text || null)

export const zPerson = z
  .object({
    id: zSlackId,
    name: z.string(),
    deleted: z.boolean().nullish(),
    real_name: zText,
    tz: zOptional,
    is_bot: z.boolean().nullish(),
    profile: z.object({
      real_name: zText,
      display_name: zText,
      email: zOptional,
      title: zText,
      bot_id: zOptional,
    }),
  })
  .transform(
    ({ id, name, deleted, real_name, tz, is_bot, profile }): SlackPerson => ({
      id,
      name,
      realName: profile.real_name || real_name,
      displayName: profile.display_name,
      email: profile.email,
      title: profile.title,
      timeZone: tz,
      deleted: deleted ?? false,
      bot: is_bot ?? false,
      botId: profile.bot_id,
    }),
  )

const zDescribed = z
  .object({ value: zText })
  .nullish()
  .transform((described) => described?.value ?? '')

export const zConversation = z
  .object({
    id: zSlackId,
    name: zOptional,
    created: zSeconds.nullish(),
    creator: zOptional,
    is_archived: z.boolean().nullish(),
    topic: zDescribed,
    purpose: zDescribed,
    members: z.array(zSlackId).nullish(),
  })
  .transform(({ id, name, created, creator, is_archived, topic, purpose, members }) => ({
    id,
    name,
    createdAt: created ? created * 1_000 : null,
    creator,
    archived: is_archived ?? false,
    topic,
    purpose,
    members: members ?? [],
  }))

const zReaction = z.object({ name: z.string().min(1), users: z.array(zSlackId) })
const zFile = z
  .object({ name: zOptional, title: zOptional, url_private: zOptional })
  .transform(({ name, title, url_private }) => ({ name: name ?? title ?? 'file', url: url_private }))
const zAttachment = z.object({ fallback: zText, pretext: zText, title: zText, text: zText })

/** What an attachment says, in the order in which Slack shows it; `fallback` only where there is nothing else. */
const readable = (attachment: z.infer<typeof zAttachment>): string =>
  [attachment.pretext, attachment.title, attachment.text].filter(Boolean).join('\n') || attachment.fallback

export const zMessage = z
  .object({
    type: z.literal('message'),
    ts: zTs,
    thread_ts: zTs.nullish(),
    subtype: zOptional,
    user: zOptional,
    bot_id: zOptional,
    username: zOptional,
    bot_profile: z.object({ name: zOptional }).nullish(),
    text: zText,
    edited: z.object({ ts: zTs }).nullish(),
    reactions: z.array(zReaction).nullish(),
    files: z.array(zFile).nullish(),
    attachments: z.array(zAttachment).nullish(),
  })
  .transform(
    (m): SlackMessage => ({
      ts: m.ts,
      threadTs: m.thread_ts ?? null,
      subtype: m.subtype,
      user: m.user,
      bot:
        m.bot_id === null && m.username === null
          ? null
          : { id: m.bot_id, name: m.username ?? m.bot_profile?.name ?? null },
      text: m.text,
      fallback: (m.attachments ?? []).map(readable).filter(Boolean).join('\n'),
      editedAt: m.edited ? Math.floor(m.edited.ts / 1_000) : null,
      reactions: m.reactions ?? [],
      files: m.files ?? [],
    }),
  )
