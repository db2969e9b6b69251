import { followedThread } from '@parley/db/queries/followed-threads'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { command } from '../command.ts'
import { zCount } from '../count.ts'

const input = z.strictObject({ conversation: zId, root: zId, replies: zCount })

/** The first `replies` replies of a followed thread are read, or all of them if there are fewer. */
export const markThreadRead = command({
  name: 'thread.mark_read',
  input,
  access: memberOf,
  limit: 'message',
  tokens: 'never',
  audit: { none: 'a read position is the person’s own' },
  async run({ tx, scope, tell }, { conversation, root, replies }) {
    const person = scope.me.id
    const [row] = await tx.sql`
      UPDATE thread_followers f SET read_replies = least(${replies}, r.thread_replies)
      FROM messages r
      WHERE f.conversation_id = ${conversation} AND f.root_id = ${root} AND f.person_id = ${person} AND f.following
        AND r.conversation_id = f.conversation_id AND r.id = f.root_id AND f.read_replies < least(${replies}, r.thread_replies)
      RETURNING f.read_replies`
    if (!row) return
    const version = await takePersonalVersion(tx.sql, person)
    await tx.sql`UPDATE thread_followers SET person_version = ${version} WHERE conversation_id = ${conversation} AND root_id = ${root} AND person_id = ${person}`
    const thread = await followedThread(tx.sql, person, conversation, root)
    if (thread) tell.person(person, { version, type: 'thread.changed', thread })
  },
})
