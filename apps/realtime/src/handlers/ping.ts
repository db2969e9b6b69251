import { BOUNDS } from '../gateway/bounds.ts'
import type { Handler } from './handler.ts'
import { resumeFor } from './resume.ts'

/** Answers a sign of life, now and then with a new resume token: the one held must last beyond the connection. */
export const ping: Handler<'ping'> = (connection, inside, _, node) => {
  const now = node.now()
  if (now - inside.renewed < BOUNDS.renewMs) return connection.answer({ t: 'pong' })
  inside.renewed = now
  connection.answer({ t: 'pong', resume: resumeFor(inside.actor, node) })
}
